# Converts Markdown to the plain text that PowerShell's help shows.

# Removes the markup of code, emphasis and links.
function ConvertTo-ShellText {
    param([string]$Markdown)

    $code = $false
    $text = [Text.StringBuilder]::new()
    foreach ($line in $Markdown -split '\r?\n') {
        if ($line -match '^```') {
            $code = -not $code
        } elseif ($code) {
            $null = $text.Append("$line`n")
        } elseif ($line -eq '') {
            $null = $text.Append("`n`n")
        } else {
            # The lines of a paragraph are joined, because the shell wraps text to its own width.
            $plain = $line -replace '\[([^\]]+)\]\([^)]+\)', '$1' -replace '`([^`]*)`', '$1' -replace '\*\*([^*]*)\*\*', '$1'
            $null = $text.Append($(if ($text.Length -gt 0 -and $text[$text.Length - 1] -ne "`n") { ' ' })).Append($plain)
        }
    }

    ($text.ToString() -replace "`n{3,}", "`n`n").Trim("`n")
}

# Converts an about topic: headings in uppercase, text indented and wrapped at 80 columns, tables aligned in columns.
function ConvertTo-Topic {
    param([string[]]$Markdown)

    $lines = [Collections.Generic.List[string]]::new()
    $table = [Collections.Generic.List[string]]::new()
    $paragraph = [Collections.Generic.List[string]]::new()
    $code = $false
    foreach ($line in @($Markdown) + '') {
        if ($line -notmatch '^\|' -and $table.Count -gt 0) {
            $lines.AddRange([string[]]@(Format-TopicTable -Row $table))
            $table.Clear()
        }

        if (($line -eq '' -or $line -match '^(#|```|\||- )') -and $paragraph.Count -gt 0 -and -not $code) {
            $lines.AddRange([string[]]@(Format-TopicParagraph -Text ($paragraph -join ' ')))
            $paragraph.Clear()
        }

        if ($line -match '^```') {
            $code = -not $code
        } elseif ($code) {
            $lines.Add("        $line".TrimEnd())
        } elseif ($line -match '^# (.*)') {
            $lines.AddRange([string[]]@('TOPIC', "    $($Matches[1])"))
        } elseif ($line -match '^##+ (.*)') {
            $lines.Add($Matches[1].ToUpperInvariant())
        } elseif ($line -match '^\|') {
            $table.Add($line)
        } elseif ($line -ne '') {
            $paragraph.Add($line.Trim())
        } else {
            $lines.Add('')
        }
    }

    (($lines -join "`n") -replace "`n{3,}", "`n`n").Trim("`n") + "`n"
}

function Format-TopicParagraph {
    param([string]$Text)

    $text = ConvertTo-ShellText -Markdown $Text
    $indent = if ($text.StartsWith('- ', [StringComparison]::Ordinal)) { '      ' } else { '    ' }
    $line = '    '
    foreach ($word in $text -split ' +') {
        if ($line.Trim() -and $line.Length + $word.Length -ge 80) {
            $line.TrimEnd()
            $line = $indent
        }

        $line += "$word "
    }

    $line.TrimEnd()
}

function Format-TopicTable {
    param([string[]]$Row)

    $cells = foreach ($line in $Row | Where-Object { $_ -notmatch '^\|[\s:|-]+$' }) {
        , @([regex]::Split($line.Trim().Trim('|'), '(?<!\\)\|') |
            ForEach-Object { (ConvertTo-ShellText -Markdown $_.Trim()) -replace '\\\|', '|' })
    }
    $widths = foreach ($column in 0..($cells[0].Count - 1)) {
        ($cells | ForEach-Object { "$($_[$column])".Length } | Measure-Object -Maximum).Maximum
    }
    foreach ($line in $cells) {
        ('    ' + ((0..($line.Count - 1) | ForEach-Object { "$($line[$_])".PadRight($widths[$_]) }) -join '  ')).TrimEnd()
    }
}

Export-ModuleMember -Function ConvertTo-ShellText, ConvertTo-Topic
