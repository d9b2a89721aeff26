# One shell for all tests that only need lines to run where nobody can answer: a process without a terminal, started once a run.
# Tests about a process itself, its import, its exit code or Ctrl+C, start one of their own with Invoke-NewShell.
Import-Module -Name $PSScriptRoot/../../../tools/Shell/Shell.psm1

function Start-SharedShell {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'a test shell')]
    param()

    $program, $first = @(Get-ShellCommand)
    $start = [Diagnostics.ProcessStartInfo]::new($program)
    $start.Arguments = (@($first | ForEach-Object { "`"$_`"" }) + '-NoProfile -NonInteractive -Command -') -join ' '
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $global:ComposeTestShell = [Diagnostics.Process]::Start($start)
    $null = Invoke-SharedShell "Import-Module -Name '$env:COMPOSE_TEST_MODULE'"
}

# Returns what the lines print on any stream, one string a line. Variables and preferences they set are gone afterwards.
function Invoke-SharedShell([string]$Script) {
    if (-not (Get-Variable -Name ComposeTestShell -Scope Global -ErrorAction Ignore) -or $global:ComposeTestShell.HasExited) {
        Start-SharedShell
    }

    $end = 'end of ' + [Guid]::NewGuid().ToString('N')
    $text = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("`$env:DOCKER_HOST = '$env:DOCKER_HOST'`n$Script"))
    $block = "[scriptblock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('$text')))"
    $global:ComposeTestShell.StandardInput.WriteLine("try { & ($block) *>&1 } catch { `"`$_`" }; '$end'")
    while ($true) {
        $line = $global:ComposeTestShell.StandardOutput.ReadLine()
        if ($null -eq $line) { throw 'The shared shell ended.' }
        # The shell sets modes of a terminal before it prints, and colours its warnings, terminal or not.
        $line = $line -replace '\x1b\[[?\d;]*[a-zA-Z]'
        if ($line -eq $end) { break }
        $line
    }
}

function Stop-SharedShell {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'a test shell')]
    param()

    if (Get-Variable -Name ComposeTestShell -Scope Global -ErrorAction Ignore) {
        $global:ComposeTestShell.StandardInput.Close()
        $null = $global:ComposeTestShell.WaitForExit(10000)
        Remove-Variable -Name ComposeTestShell -Scope Global
    }
}

Export-ModuleMember -Function Invoke-SharedShell, Stop-SharedShell
