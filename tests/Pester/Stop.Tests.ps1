BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    $skip = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-TestedModule

    # Runs a script in a runspace of its own, stops it as Ctrl+C does, and answers how long the stop took.
    function Measure-Stop([string]$Script, [int]$AfterMilliseconds) {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; $Script")
        $null = $shell.BeginInvoke()
        Start-Sleep -Milliseconds $AfterMilliseconds
        $shell.InvocationStateInfo.State | Should -Be 'Running'
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.ElapsedMilliseconds
        $shell.Dispose()
    }
}

Describe 'stopping the pipeline' -Skip:$skip {
    BeforeAll {
        $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s, healthcheck: {test: 'false', interval: 60s, retries: 9}}`n  b: {image: busybox, command: sleep 600, init: true, depends_on: {a: {condition: service_healthy}}}`n"
    }

    AfterAll { Remove-TestProject $project }

    It 'leaves a wait for health at once' {
        Measure-Stop -Script "Invoke-ComposeUp -Path '$($project.Path)'" -AfterMilliseconds 2500 | Should -BeLessThan 2000
    }

    It 'leaves a followed log at once' {
        Measure-Stop -Script "Get-ComposeLog -ProjectName $($project.Name) -Follow" -AfterMilliseconds 1000 | Should -BeLessThan 2000
    }
}
