# A copy of the sample that the help's examples use, with a unique name, so that tests can run the examples.

Import-Module -Name $PSScriptRoot/Support.psm1
Import-Module -Name $PSScriptRoot/Registry.psm1

# Copies samples/shop, with a docker configuration beside it: a context 'prod', and the login of the registry that replaces
# registry.example.
function New-Shop {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test folder')]
    param()

    $name = 'shop' + [Guid]::NewGuid().ToString('N').Substring(0, 8)
    $folder = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath $name
    Copy-Item -LiteralPath "$PSScriptRoot/../../../samples/shop" -Destination $folder -Recurse
    $shop = [pscustomobject]@{
        Name     = $name
        Folder   = $folder
        Path     = Join-Path -Path $folder -ChildPath compose.yaml
        Registry = if (Test-Registry) { Start-TestRegistry }
        Config   = Join-Path -Path $folder -ChildPath .docker
    }
    foreach ($file in Get-ChildItem -LiteralPath $folder -Filter *.yaml) {
        Set-Content -LiteralPath $file.FullName -Value (Rename-Shop -Shop $shop -Text (Get-Content -LiteralPath $file.FullName -Raw))
    }

    $engine = if ($env:DOCKER_HOST) { $env:DOCKER_HOST } else { 'unix:///var/run/docker.sock' }
    $digest = -join ([Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes('prod')) |
        ForEach-Object { $_.ToString('x2') })
    $meta = New-Item -ItemType Directory -Path (Join-Path -Path $shop.Config -ChildPath "contexts/meta/$digest")
    @{ Name = 'prod'; Metadata = @{}; Endpoints = @{ docker = @{ Host = $engine; SkipTLSVerify = $false } } } |
        ConvertTo-Json -Depth 4 | Set-Content -Path "$meta/meta.json"
    $logins = @{}
    if ($shop.Registry) {
        $logins[$shop.Registry.Host] = @{ auth = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('compose:pass:word1')) }
    }

    @{ auths = $logins } | ConvertTo-Json -Depth 4 | Set-Content -Path (Join-Path -Path $shop.Config -ChildPath config.json)
    $shop
}

# Replaces the sample's name and registry in a text by those of the copy.
function Rename-Shop {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'changes text')]
    param($Shop, [string]$Text)

    $renamed = $Text -creplace '\bshop(?!/)\b', $Shop.Name
    if ($Shop.Registry) { $renamed -replace 'registry\.example', $Shop.Registry.Host } else { $renamed }
}

# Runs lines in the shop's directory, in a new runspace. Any error is thrown, also a non-terminating one.
function Invoke-ShopLine {
    param(
        $Shop,

        [string]$Line,

        # Stops the lines after this number of seconds, for those that do not end by themselves.
        [int]$StopAfter
    )

    $shell = [powershell]::Create()
    try {
        $prepare = {
            param($Manifest, $Folder)
            Import-Module -Name $Manifest
            Set-Location -LiteralPath $Folder
            # No prompt is possible here.
            function global:Get-Credential { [pscredential]::new('compose',
                (ConvertTo-SecureString -String 'pass:word1' -AsPlainText -Force)) }
            $global:ConfirmPreference = 'None'
        }
        $null = $shell.AddScript($prepare).AddArgument($env:COMPOSE_TEST_MODULE).AddArgument($Shop.Folder).Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddScript((Rename-Shop -Shop $Shop -Text $Line)).AddCommand('Out-String')
        $output = if ($StopAfter) {
            $running = $shell.BeginInvoke()
            if (-not $running.AsyncWaitHandle.WaitOne($StopAfter * 1000)) {
                $shell.Stop()
            } else {
                $shell.EndInvoke($running)
            }
        } else {
            $shell.Invoke()
        }

        foreach ($problem in $shell.Streams.Error) {
            throw "$($problem.FullyQualifiedErrorId): $problem"
        }

        "$output"
    } finally {
        $shell.Dispose()
    }
}

function Remove-Shop {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test folder')]
    param($Shop)

    if ($Shop) {
        Remove-TestProject $Shop
        # By id, because an image loses its tag when a newer one gets it.
        $made = @(Invoke-Docker image ls --format '{{.ID}} {{.Repository}}' |
                Where-Object { $_ -like "* $($Shop.Name)-*" -or ($Shop.Registry -and $_ -like "* $($Shop.Registry.Host)/*") } |
                ForEach-Object { ($_ -split ' ')[0] } | Sort-Object -Unique)
        if ($made) {
            $null = Invoke-Docker image rm -f @made
        }

        Stop-TestRegistry $Shop.Registry
    }
}

# The examples of a help page, in order, each with its title and the lines of its powershell blocks.
function Get-HelpExample {
    param([string]$Page)

    $text = Get-Content -LiteralPath $Page -Raw
    $examples = [regex]::Match($text, '(?ms)^## EXAMPLES\s*$(.*?)^## PARAMETERS').Groups[1].Value
    foreach ($part in [regex]::Split($examples, '(?m)^### ') | Select-Object -Skip 1) {
        [pscustomobject]@{
            Title = ($part -split '\r?\n')[0]
            Line  = ([regex]::Matches($part, '(?ms)^```powershell\r?\n(.*?)^```') |
                ForEach-Object { $_.Groups[1].Value }) -join "`n"
        }
    }
}

# The powershell blocks of a Markdown page, each with the line of text before it as its title.
function Get-MarkdownBlock {
    param([string]$Page)

    foreach ($match in [regex]::Matches((Get-Content -LiteralPath $Page -Raw),
        '(?ms)^(?<title>[^\r\n]*)\r?\n\r?\n```powershell\r?\n(?<line>.*?)^```')) {
        [pscustomobject]@{ Title = $match.Groups['title'].Value.TrimEnd(':'); Line = $match.Groups['line'].Value }
    }
}

Export-ModuleMember -Function New-Shop, Rename-Shop, Invoke-ShopLine, Remove-Shop, Get-HelpExample, Get-MarkdownBlock
