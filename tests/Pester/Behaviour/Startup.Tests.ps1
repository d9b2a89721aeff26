# What a user waits for before anything has happened, in processes of their own. The best of five counts, and of it the time on the clock or
# the processor's, whichever is less: the work is one thread's, and on a machine with nothing else to do the two are the same.
BeforeDiscovery {
    $noCore = $PSVersionTable.PSEdition -ne 'Core'
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force

    function Measure-Best([string]$Before, [string]$Line) {
        $script = "$Before; `$self = [Diagnostics.Process]::GetCurrentProcess(); `$null = Measure-Command { 1 }; `$self.Refresh(); `$began = `$self.TotalProcessorTime
            `$clock = (Measure-Command { $Line }).TotalMilliseconds; `$self.Refresh()
            [Math]::Min(`$clock, (`$self.TotalProcessorTime - `$began).TotalMilliseconds).ToString([cultureinfo]::InvariantCulture)"
        $times = 1..5 | ForEach-Object { [double](Invoke-NewShell -NoProfile -NonInteractive -Command $script) }
        ($times | Measure-Object -Minimum).Minimum
    }
}

# The promise is one about PowerShell 7.
Describe 'the time to start' -Skip:$noCore {
    It 'is at most 120 ms for the import, of a shell that starts in 300' {
        Measure-Best -Line "Import-Module '$env:COMPOSE_TEST_MODULE'" | Should -BeLessOrEqual (Get-TimeLimit 120)
    }

    It 'is at most 400 ms for the first Get-ComposeContainer after it' -Skip:$noEngine {
        Measure-Best -Before "Import-Module '$env:COMPOSE_TEST_MODULE'" -Line 'Get-ComposeContainer -ProjectName nothing' |
            Should -BeLessOrEqual (Get-TimeLimit 400)
    }
}
