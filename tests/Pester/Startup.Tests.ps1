# What a user waits for before anything has happened, in processes of their own. The best of five counts: a busy machine is not the module.
BeforeDiscovery {
    $noCore = $PSVersionTable.PSEdition -ne 'Core'
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    $powershell = (Get-Process -Id $PID).Path

    function Measure-Best([string]$Script) {
        (1..5 | ForEach-Object { [double](& $powershell -NoProfile -NonInteractive -Command $Script) } | Measure-Object -Minimum).Minimum
    }
}

# The promise is one about PowerShell 7.
Describe 'the time to start' -Skip:$noCore {
    It 'is at most 120 ms for the import' {
        Measure-Best "(Measure-Command { Import-Module '$env:COMPOSE_TEST_MODULE' }).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)" | Should -BeLessOrEqual 120
    }

    It 'is at most 400 ms for the first Get-ComposeContainer after it' -Skip:$noEngine {
        Measure-Best "Import-Module '$env:COMPOSE_TEST_MODULE'; (Measure-Command { Get-ComposeContainer -ProjectName nothing }).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)" | Should -BeLessOrEqual 400
    }
}
