BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noTerminal = $noEngine -or -not (Get-Command -Name tmux -ErrorAction SilentlyContinue)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Terminal.psm1 -Force
    Import-TestedModule
}

Describe 'Connect-ComposeService' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  ticks: {image: busybox, command: sh -c 'while sleep 0.1; do echo tick; echo tock >&2; done', init: true, stop_grace_period: 1s, deploy: {replicas: 2}}
  reads: {image: busybox, command: cat, stdin_open: true, init: true, stop_grace_period: 1s}
  ends: {image: busybox, command: sh -c 'trap "echo asked; exit 9" INT; while sleep 0.1; do echo up; done', stop_grace_period: 1s}
  gone: {image: busybox, command: "true"}
  shell: {image: busybox, command: sh, tty: true, stdin_open: true, stop_grace_period: 0s}
'@
        $null = Invoke-ComposeUp -Path $project.Path
    }

    AfterAll { Remove-TestProject $project }

    It 'returns lines as they are written, by stream' {
        $lines = Connect-ComposeService -Path $project.Path ticks | Select-Object -First 6
        $lines[0] | Should -BeOfType 'Compose.Streams.ComposeLogEntry'
        ($lines | Where-Object Stream -EQ stdout).Message | Select-Object -Unique | Should -Be 'tick'
        ($lines | Where-Object Stream -EQ stderr).Message | Select-Object -Unique | Should -Be 'tock'
        $lines[0].Container | Should -Be "$($project.Name)-ticks-1"
        (Get-ComposeContainer -Path $project.Path -Service ticks).State | Should -Be @('Running', 'Running')
    }

    It 'picks the replica, by number or from the pipeline' {
        (Connect-ComposeService -Path $project.Path ticks -Index 2 | Select-Object -First 1).Replica | Should -Be 2
        (Connect-ComposeService -Path $project.Path -Service ticks -Container "$($project.Name)-ticks-2" |
            Select-Object -First 1).Replica | Should -Be 2
        (Get-ComposeContainer -Path $project.Path -Service ticks | Where-Object Replica -EQ 2 | Connect-ComposeService |
            Select-Object -First 1).Replica | Should -Be 2
    }

    It 'feeds what is piped to a container that reads' {
        ('one', 'zwei ü' | Connect-ComposeService -ProjectName $project.Name reads | Select-Object -First 2).Message |
            Should -Be @('one', 'zwei ü')
        $job = [powershell]::Create().AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; 'x' | Connect-ComposeService -ProjectName $($project.Name) reads -NoStdin")
        $running = $job.BeginInvoke()
        $running.AsyncWaitHandle.WaitOne(500) | Should -BeFalse
        $job.Stop()
        $job.Streams.Error | Should -BeNullOrEmpty
        $job.Dispose()
    }

    It 'passes a stop on as SIGINT, unless told not to' {
        foreach ($case in '-NoSignalProxy', '') {
            $shell = [powershell]::Create().AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; Connect-ComposeService -ProjectName $($project.Name) ends $case")
            $output = [Management.Automation.PSDataCollection[psobject]]::new()
            $null = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
            foreach ($attempt in 1..100) { if ($output.Count) { break }; Start-Sleep -Milliseconds 50 }
            $shell.Stop()
            $shell.Dispose()
            if ($case) {
                Start-Sleep -Milliseconds 700
                (Get-ComposeContainer -Path $project.Path -All -Service ends).State | Should -Be 'Running'
            }
            else {
                Wait-State -Project $project -Service ends -State Exited | Should -Be 'Exited'
                (Get-ComposeContainer -Path $project.Path -All -Service ends).ExitCode | Should -Be 9
            }
        }
    }

    It 'tells an exit code as an error after the lines' {
        Start-ComposeService -Path $project.Path -Service ends
        $lines = Connect-ComposeService -Path $project.Path ends -ErrorVariable problem -ErrorAction SilentlyContinue |
            ForEach-Object {
            if (-not $killed) { $killed = $true; $null = Invoke-Docker kill -s INT $_.Container }
            $_
        }
        $lines[-2].Message | Should -Be 'asked'
        $lines[-1].Message | Should -Be 'ends-1 exited with code 9'
        $lines[-1].ExitCode | Should -Be 9
        $lines[-1].Stream | Should -Be 'exit'
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CommandFailed,*'
        $problem[0].TargetObject.ExitCode | Should -Be 9
    }

    It 'attaches to a one-off where no replica runs' {
        $talk = 'sh', '-c', 'while sleep 0.1; do echo alone; done'
        $run = Invoke-ComposeRun -ProjectName $project.Name -Path $project.Path gone -Detach -Command $talk
        $line = Connect-ComposeService -ProjectName $project.Name gone | Select-Object -First 1
        $line.Message | Should -Be 'alone'
        $line.Container | Should -Be $run.Container
        "$(Invoke-ComposeExec -ProjectName $project.Name gone echo hi)" | Should -Be 'hi'
        (Get-ComposeProcess -ProjectName $project.Name gone).Container | Select-Object -Unique | Should -Be $run.Container
        $null = Invoke-Docker rm -f $run.Container
    }

    It 'writes one error for <Case>' -TestCases @(
        @{ Case = 'an unknown service'; Id = 'ServiceNotFound'; Parameters = @{ Service = 'nobody' } }
        @{ Case = 'a stopped container'; Id = 'ServiceNotRunning'; Parameters = @{ Service = 'gone' } }
        @{ Case = 'a number that is too high'; Id = 'ReplicaNotFound'; Parameters = @{ Service = 'ticks'; Index = 9 } }
        @{ Case = 'keys that are none'; Id = 'DetachKeysInvalid'; Parameters = @{ Service = 'ticks'; DetachKey = 'nonsense' } }
    ) {
        Connect-ComposeService -ProjectName $project.Name @Parameters -ErrorVariable problem -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'gives the console to a container with a terminal, until the detach keys' -Skip:$noTerminal {
        $terminal = New-Terminal
        try {
            Send-Line $terminal "Connect-ComposeService -ProjectName $($project.Name) shell"
            Start-Sleep -Seconds 1
            Send-Line $terminal 'stty size; echo $((6*7))'
            Wait-Screen $terminal '(?s)30 100\n42' | Should -Not -BeNullOrEmpty
            Send-Key $terminal C-p, C-q
            $null = Wait-Screen $terminal '(?m)^ready>$'
            (Get-ComposeContainer -Path $project.Path -Service shell).State | Should -Be 'Running'
            Send-Line $terminal "Clear-Host; (Connect-ComposeService -ProjectName $($project.Name) shell -PassThru).ExitCode + 1000"
            Start-Sleep -Seconds 1
            Send-Line $terminal 'exit 3'
            Wait-Screen $terminal '1003' | Should -Not -BeNullOrEmpty
        }
        finally { Remove-Terminal $terminal }
    }
}
