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

Describe 'Invoke-ComposeUp -Attach' -Skip:$noEngine {
    BeforeEach { $project = $null }
    AfterEach { Remove-TestProject $project }

    It 'returns every line of both streams from the first on, and ends when all have ended' {
        $project = New-TestProject "services:`n  a: {image: busybox, command: sh -c 'echo first; echo problem >&2; seq 2000; echo last'}`n  b: {image: busybox, command: echo short, depends_on: [a]}`n"
        $lines = Invoke-ComposeUp -Path $project.Path -Attach
        $lines | ForEach-Object { $_ | Should -BeOfType 'Compose.Streams.ComposeLogEntry' }
        ($lines | Where-Object { $_.Service -eq 'a' -and $_.Stream -eq 'stdout' }).Message |
            Should -Be (@('first') + (1..2000) + 'last')
        ($lines | Where-Object Stream -EQ stderr).Message | Should -Be 'problem'
        ($lines | Where-Object Service -EQ b).Message | Should -Be 'short', 'b-1 exited with code 0'
        ($lines | Where-Object Stream -EQ exit).ExitCode | Should -Be @(0, 0)
        # What was written earlier is not shown again.
        $again = Invoke-ComposeUp -Path $project.Path -Attach
        ($again | Where-Object Service -EQ b).Message | Should -Be 'short', 'b-1 exited with code 0'
    }

    It 'shows what a container writes whose log driver keeps nothing' {
        $project = New-TestProject "services:`n  a: {image: busybox, command: sh -c 'sleep 1; echo out; echo err >&2; sleep 0.5; exit 2', logging: {driver: none}}`n"
        $lines = Invoke-ComposeUp -Path $project.Path -Attach -WarningVariable said
        $lines | ForEach-Object { "$($_.Stream): $($_.Message)" } | Sort-Object |
            Should -Be 'exit: a-1 exited with code 2', 'stderr: err', 'stdout: out'
        $said | Should -BeNullOrEmpty
    }

    It 'shows the services asked for' {
        $project = New-TestProject "services:`n  a: {image: busybox, command: echo a, depends_on: [b]}`n  b: {image: busybox, command: echo b}`n  c: {image: busybox, command: echo c, attach: false}`n"
        $sorted = { ($args[0] | Where-Object Stream -EQ stdout).Message | Sort-Object }
        & $sorted (Invoke-ComposeUp -Path $project.Path -Attach) | Should -Be @('a', 'b')
        & $sorted (Invoke-ComposeUp -Path $project.Path -AttachTo c, a) | Should -Be @('a', 'c')
        & $sorted (Invoke-ComposeUp -Path $project.Path -Attach -NoAttach a) | Should -Be 'b'
        & $sorted (Invoke-ComposeUp -Path $project.Path -Service a -Attach) | Should -Be 'a'
        & $sorted (Invoke-ComposeUp -Path $project.Path -Service a -AttachDependency) | Should -Be @('a', 'b')
    }

    It 'stops all when the first container ends, and tells how that one ended' {
        $project = New-TestProject "services:`n  job: {image: busybox, command: sh -c 'echo done; exit 3', depends_on: [db]}`n  db: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s}`n"
        $output = Invoke-ComposeUp -Path $project.Path -AbortOnContainerExit
        $output[0].Message | Should -Be 'done'
        ($output | Where-Object Stream -EQ exit).Message | Should -Contain 'job-1 exited with code 3'
        $output[-1] | Should -BeOfType 'Compose.Streams.ComposeCommandResult'
        $output[-1].Service | Should -Be 'job'
        $output[-1].ExitCode | Should -Be 3
        (Get-ComposeContainer -Path $project.Path -All).State | Should -Be @('Exited', 'Exited')
    }

    It 'shows what hooks write, and what the service writes while a pre_stop hook runs' {
        $project = New-TestProject @'
services:
  web:
    image: busybox
    command: sh -c 'while echo tick; do sleep 0.2; done'
    stop_grace_period: 0s
    pre_start: [{ command: [echo, preparing] }]
    post_start: [{ command: [echo, started] }]
    pre_stop: [{ command: [sh, -c, 'echo draining; sleep 1; echo drained; exit 5'] }]
  job: { image: busybox, command: sleep 1 }
'@
        $quietly = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        $output = Invoke-ComposeUp -Path $project.Path -AbortOnContainerExit @quietly
        $hooks = $output | Where-Object Hook
        $hooks | ForEach-Object { "$($_.Hook): $($_.Message)" } |
            Should -Be 'pre_start: preparing', 'post_start: started', 'pre_stop: draining', 'pre_stop: drained'
        $hooks.Container | Select-Object -Unique | Should -Be "$($project.Name)-web-1"
        $hooks.Replica | Select-Object -Unique | Should -Be 1
        $messages = @($output | ForEach-Object Message)
        $between = $messages[$messages.IndexOf('draining')..$messages.IndexOf('drained')]
        @($between -eq 'tick').Count | Should -BeGreaterThan 2
        "$warnings" | Should -Match 'pre_stop\[0\] of service web \(sh\) ended with 5'
        (Get-ComposeContainer -Path $project.Path -All).State | Should -Be @('Exited', 'Exited')
    }

    It 'tells each end of a container that its restart policy starts again' {
        $project = New-TestProject "services:`n  a: {image: busybox, command: sh -c 'sleep 0.5; exit 3', restart: 'on-failure:2'}`n"
        $ends = Invoke-ComposeUp -Path $project.Path -Attach | Where-Object Stream -EQ exit
        $ends.Message | Should -Be 'a-1 exited with code 3 (restarting)', 'a-1 exited with code 3 (restarting)',
            'a-1 exited with code 3'
        $ends.ExitCode | Should -Be 3, 3, 3
    }

    It 'stops all at the first end with <Parameter>, also where the container starts again' -TestCases @(
        @{ Parameter = 'AbortOnContainerExit' }
        @{ Parameter = 'AbortOnContainerFailure' }
    ) {
        $project = New-TestProject "services:`n  job: {image: busybox, command: sh -c 'sleep 0.5; exit 3', restart: always}`n  db: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s}`n"
        $abort = @{ $Parameter = $true }
        $result = Invoke-ComposeUp -Path $project.Path @abort | Select-Object -Last 1
        "$($result.Service) $($result.ExitCode)" | Should -Be 'job 3'
        (Get-ComposeContainer -Path $project.Path -All).State | Should -Be 'Exited', 'Exited'
    }

    It 'takes no end for the first that it made itself: a dependent that starts again with its dependency' {
        $text = "services:`n  app: {image: busybox, command: sleep 3, init: true, stop_grace_period: 1s, depends_on: {db: {condition: service_started, restart: true}}}`n  db: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s, labels: {version: '1'}}`n"
        $project = New-TestProject $text
        $before = (Invoke-ComposeUp -Path $project.Path | Where-Object Service -EQ app).Id
        $text.Replace("'1'", "'2'") | Set-Content -Path $project.Path
        $output = Invoke-ComposeUp -Path $project.Path -ExitCodeFrom app
        (Get-ComposeContainer -Path $project.Path -Service app -All).Id | Should -Be $before
        ($output | Where-Object { $_.Stream -eq 'exit' -and $_.Service -eq 'app' }).Message |
            Should -Be 'app-1 exited with code 0'
        $output[-1].ExitCode | Should -Be 0
    }

    It 'goes on after a success and stops after a failure with -AbortOnContainerFailure' {
        $project = New-TestProject "services:`n  fine: {image: busybox, command: 'true'}`n  bad: {image: busybox, command: sh -c 'sleep 1; exit 4'}`n  db: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s}`n"
        $output = Invoke-ComposeUp -Path $project.Path -AbortOnContainerFailure
        $output[-1].Service | Should -Be 'bad'
        $output[-1].ExitCode | Should -Be 4
        (Get-ComposeContainer -Path $project.Path -Service db -All).State | Should -Be 'Exited'
    }

    It 'tells the exit code of the service asked for' {
        $project = New-TestProject "services:`n  test: {image: busybox, command: sh -c 'trap ""exit 7"" TERM; while sleep 0.1; do :; done', stop_grace_period: 5s}`n  job: {image: busybox, command: sleep 0.5}`n"
        $result = Invoke-ComposeUp -Path $project.Path -ExitCodeFrom test | Select-Object -Last 1
        $LASTEXITCODE | Should -Be $result.ExitCode
        $result.Service | Should -Be 'test'
        $result.ExitCode | Should -Be 7
    }

    It 'leaves the containers running when the pipeline has enough, or is stopped' {
        $project = New-TestProject "services:`n  a: {image: busybox, command: sh -c 'while sleep 0.1; do echo tick; done', init: true, stop_grace_period: 1s}`n"
        (Invoke-ComposeUp -Path $project.Path -Attach | Select-Object -First 3).Message | Should -Be @('tick', 'tick', 'tick')
        $shell = [powershell]::Create().AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; Invoke-ComposeUp -Path '$($project.Path)' -Attach")
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $null = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
        foreach ($attempt in 1..100) { if ($output.Count) { break }; Start-Sleep -Milliseconds 50 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.ElapsedMilliseconds | Should -BeLessThan (Get-TimeLimit 500)
        $shell.Dispose()
        Start-Sleep -Seconds 1
        (Get-ComposeContainer -Path $project.Path).State | Should -Be 'Running'
    }

    It 'follows a container that is recreated meanwhile' {
        $project = New-TestProject "services:`n  a: {image: busybox, command: sh -c 'echo up; sleep 600', init: true, stop_grace_period: 1s}`n  b: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s}`n"
        $seen = Invoke-ComposeUp -Path $project.Path -Attach | ForEach-Object {
            if (-not $again) { $again = $true; $null = Invoke-Docker restart -t 0 $_.Container }
            $_
        } | Where-Object Stream -NE exit | Select-Object -First 2
        $seen.Message | Should -Be @('up', 'up')
    }

    It 'reports what cannot be started, and does not stay' {
        $project = New-TestProject "services:`n  a: {image: busybox, command: 'false'}`n  b: {image: busybox, command: sleep 60, depends_on: {a: {condition: service_completed_successfully}}}`n"
        $null = Invoke-ComposeUp -Path $project.Path -Attach -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'DependencyNotCompleted,*'
    }

    It 'refuses <Case>' -TestCases @(
        @{ Case = 'a service that is not there'; Id = 'ServiceNotFound'; Parameters = @{ AttachTo = 'nobody' } }
        @{ Case = 'an exit code of nobody'; Id = 'ServiceNotFound'; Parameters = @{ ExitCodeFrom = 'nobody' } }
        @{ Case = 'both ways to abort'; Id = 'ConflictingParameters';
            Parameters = @{ AbortOnContainerExit = $true; AbortOnContainerFailure = $true } }
        @{ Case = 'to wait and to stay'; Id = 'ConflictingParameters'; Parameters = @{ Attach = $true; Wait = $true } }
        @{ Case = 'two choices of services'; Id = 'ConflictingParameters';
            Parameters = @{ AttachTo = 'a'; AttachDependency = $true } }
    ) {
        $project = New-TestProject "services:`n  a: {image: busybox, command: 'true'}`n"
        Invoke-ComposeUp -Path $project.Path @Parameters -ErrorVariable problem -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'at a console, stops at the first Ctrl+C, kills at the second, and leaves with d' -Skip:$noTerminal {
        $project = New-TestProject "services:`n  kind: {image: busybox, command: sh -c 'trap ""echo asked; exit 0"" TERM; while sleep 0.1; do :; done', stop_grace_period: 20s}`n  deaf: {image: busybox, command: sh -c 'trap """" TERM; echo ready; while sleep 0.1; do :; done', stop_grace_period: 60s, profiles: [deaf]}`n  ticks: {image: busybox, command: sh -c 'echo ready; sleep 600', init: true, stop_grace_period: 1s}`n"
        $terminal = New-Terminal
        try {
            Send-Line $terminal "Invoke-ComposeUp -Path $($project.Path) -Attach | ForEach-Object Message"
            $null = Wait-Screen $terminal '(?m)^ready$'
            & tmux send-keys -t $terminal d
            $null = Wait-Screen $terminal '(?s)\nready>$'
            @(Get-ComposeContainer -Path $project.Path) | Should -HaveCount 2
            Send-Line $terminal "Clear-Host; Invoke-ComposeUp -Path $($project.Path) -Attach | ForEach-Object Message"
            Start-Sleep -Seconds 3
            Send-Key $terminal C-c
            $screen = Wait-Screen $terminal '(?s)asked.*\nready>$'
            $screen | Should -Match 'press Ctrl\+C again'
            Get-ComposeContainer -Path $project.Path | Should -BeNullOrEmpty
            Send-Line $terminal "Clear-Host; Invoke-ComposeUp -Path $($project.Path) -Profile deaf -Service deaf -Attach | ForEach-Object Message"
            $null = Wait-Screen $terminal '(?m)^ready$'
            Send-Key $terminal C-c
            $null = Wait-Screen $terminal 'press Ctrl\+C again'
            Send-Key $terminal C-c
            $null = Wait-Screen $terminal '(?s)killed.*\nready>$'
            (Get-ComposeContainer -ProjectName $project.Name -All -Service deaf).ExitCode | Should -Be 137
            Send-Line $terminal 'stty -a | Select-String " icanon"'
            Wait-Screen $terminal ' icanon' | Should -Not -BeNullOrEmpty
        }
        finally { Remove-Terminal $terminal }
    }
}
