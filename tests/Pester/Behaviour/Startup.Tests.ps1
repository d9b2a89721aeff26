# What a user waits for before anything has happened, in processes of their own; the best of five counts. On a busy machine the
# clock says little, so the limit is the processor's time. The clock may show three times as much: more is time spent waiting
# for something.
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
            [int]`$clock; [int](`$self.TotalProcessorTime - `$began).TotalMilliseconds"
        $times = 1..5 | ForEach-Object {
            $clock, $processor = Invoke-NewShell -NoProfile -NonInteractive -Command $script
            [pscustomobject]@{ Clock = [int]$clock; Processor = [int]$processor }
        }

        [pscustomobject]@{
            Clock     = ($times | Measure-Object -Property Clock -Minimum).Minimum
            Processor = ($times | Measure-Object -Property Processor -Minimum).Minimum
        }
    }
}

# The promise is one about PowerShell 7.
Describe 'the time to start' -Skip:$noCore {
    It 'is at most 120 ms for the import, of a shell that starts in 300' {
        $best = Measure-Best -Line "Import-Module '$env:COMPOSE_TEST_MODULE'"
        $best.Processor | Should -BeLessOrEqual (Get-TimeLimit 120)
        $best.Clock | Should -BeLessOrEqual (Get-TimeLimit 360)
    }

    It 'is at most 400 ms for the first Get-ComposeContainer after it' -Skip:$noEngine {
        $best = Measure-Best -Before "Import-Module '$env:COMPOSE_TEST_MODULE'" -Line 'Get-ComposeContainer -ProjectName nothing'
        $best.Processor | Should -BeLessOrEqual (Get-TimeLimit 400)
        $best.Clock | Should -BeLessOrEqual (Get-TimeLimit 1200)
    }
}
