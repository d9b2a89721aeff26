BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
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
        $script:socketsWhileRunning = if (Test-Path -Path /proc/self/fd) { @(& ls -l "/proc/$PID/fd" | Where-Object { $_ -like '*socket:*' }).Count }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.ElapsedMilliseconds
        $shell.Dispose()
    }
}

Describe 'stopping the pipeline' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s, healthcheck: {test: 'false', interval: 60s, retries: 9}}`n  b: {image: busybox, command: sleep 600, init: true, depends_on: {a: {condition: service_healthy}}}`n"
    }

    AfterAll { Remove-TestProject $project }

    It 'leaves a wait for health at once' {
        Measure-Stop -Script "Invoke-ComposeUp -Path '$($project.Path)'" -AfterMilliseconds 2500 | Should -BeLessThan 2000
    }
}

Describe 'stopping what streams and waits' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject "services:`n  a: {image: busybox, command: sh -c 'while :; do echo tick; sleep 0.1; done', stop_grace_period: 0s}`n"
        $null = Invoke-ComposeUp -Path $project.Path

        # The sockets this process has open.
        function Measure-Socket {
            @(& ls -l "/proc/$PID/fd" | Where-Object { $_ -like '*socket:*' }).Count
        }
    }

    AfterAll { Remove-TestProject $project }

    It 'leaves <Name> within 200 ms, and no connection open' -TestCases @(
        @{ Name = 'a followed log'; Script = 'Get-ComposeLog -ProjectName NAME -Follow' }
        @{ Name = 'followed events'; Script = 'Get-ComposeEvent -ProjectName NAME -Follow' }
        @{ Name = 'followed stats'; Script = 'Get-ComposeStats -ProjectName NAME -Follow' }
        @{ Name = 'one sample of stats'; Script = 'while ($true) { Get-ComposeStats -ProjectName NAME }' }
        @{ Name = 'a wait for the end'; Script = 'Wait-ComposeService -ProjectName NAME -For Exited' }
        @{ Name = 'a wait for a condition'; Script = 'Wait-ComposeService -ProjectName NAME -For { $false }' }
        @{ Name = 'a log whose reader is slow'; Script = 'Get-ComposeLog -ProjectName NAME -Follow | ForEach-Object { Start-Sleep -Milliseconds 50 }' }
    ) {
        $before = if ($IsLinux) { Measure-Socket }
        # The best of three: the machine may be busy with something else.
        $times = foreach ($attempt in 1..3) { Measure-Stop -Script $Script.Replace('NAME', $project.Name) -AfterMilliseconds 1200 }
        ($times | Measure-Object -Minimum).Minimum | Should -BeLessThan 200
        if ($IsLinux) {
            foreach ($attempt in 1..50) {
                if ((Measure-Socket) -le $before) { break }
                Start-Sleep -Milliseconds 100
            }

            Measure-Socket | Should -BeLessOrEqual $before
            $script:socketsWhileRunning | Should -BeGreaterThan $before
        }
    }
}
