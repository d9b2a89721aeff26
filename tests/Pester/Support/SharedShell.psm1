# A non-interactive shell without a terminal, started once per run, for all tests whose lines must run where no prompt is
# possible. Tests of a process itself (import, exit code, Ctrl+C) start their own with Invoke-NewShell.
Import-Module -Name $PSScriptRoot/../../../tools/Shell/Shell.psm1

function Start-SharedShell {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test shell')]
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

# Returns the output of all streams, one string per line. Variables and preferences that the script sets are local to it.
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
        # The shell writes terminal modes and colours even without a terminal.
        $line = $line -replace '\x1b\[[?\d;]*[a-zA-Z]'
        if ($line -eq $end) { break }
        $line
    }
}

function Stop-SharedShell {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test shell')]
    param()

    if (Get-Variable -Name ComposeTestShell -Scope Global -ErrorAction Ignore) {
        $global:ComposeTestShell.StandardInput.Close()
        $null = $global:ComposeTestShell.WaitForExit(10000)
        Remove-Variable -Name ComposeTestShell -Scope Global
    }
}

Export-ModuleMember -Function Invoke-SharedShell, Stop-SharedShell
