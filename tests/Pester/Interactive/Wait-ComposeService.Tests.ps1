BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Wait-ComposeService' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  slow:
    image: busybox
    command: sh -c 'rm -f /tmp/ok; sleep 1; touch /tmp/ok; sleep 600'
    stop_grace_period: 0s
    healthcheck: { test: [CMD, test, -f, /tmp/ok], interval: 200ms, retries: 50 }
  plain: { image: busybox, command: sleep 600, stop_grace_period: 0s }
  sick:
    image: busybox
    command: sh -c 'echo starting badly; sleep 600'
    stop_grace_period: 0s
    healthcheck: { test: [CMD-SHELL, 'echo no lock; exit 9'], interval: 200ms, retries: 1 }
  never:
    image: busybox
    command: sleep 600
    stop_grace_period: 0s
    healthcheck: { test: [CMD-SHELL, 'echo not yet; exit 1'], interval: 200ms, retries: 10000 }
  quits:
    image: busybox
    command: sh -c 'echo bad config; sleep 0.5; exit 3'
    healthcheck: { test: "true", interval: 60s }
  job: { image: busybox, command: sh -c 'sleep 1; exit 7' }
  again: { image: busybox, command: sh -c 'sleep 2; exit 4', restart: always }
  server:
    image: busybox
    command: sh -c 'sleep 1.5; httpd -f -p 80'
    stop_grace_period: 0s
    ports: ["127.0.0.1::80"]
'@
        $null = Invoke-ComposeUp -Path $project.Path -NoStart

        function Start-Only([string[]]$Service) {
            Start-ComposeService -ProjectName $project.Name -Service $Service
        }
    }

    AfterEach { Stop-ComposeService -ProjectName $project.Name -Timeout 0 }
    AfterAll { Remove-TestProject $project }

    It 'waits until services are ready: healthy where there is a healthcheck, else running' {
        Start-Only slow, plain
        $results = Wait-ComposeService -Path $project.Path -Service slow, plain
        $results.Reached | Should -Be @($true, $true)
        ($results | Where-Object Service -EQ slow).Health | Should -Be 'Healthy'
        ($results | Where-Object Service -EQ plain).State | Should -Be 'Running'
        $results.For | Select-Object -Unique | Should -Be 'Ready'
    }

    It 'waits until running, whatever the health' {
        Start-Only never
        (Wait-ComposeService -ProjectName $project.Name never -For Running).State | Should -Be 'Running'
    }

    It 'waits for the end and returns the exit code' {
        Start-Only job
        $result = Wait-ComposeService -ProjectName $project.Name -Service job -For Exited
        $result.ExitCode | Should -Be 7
        $result.State | Should -BeIn 'Exited', 'Running'
        (Wait-ComposeService -ProjectName $project.Name -Service job -For Exited).ExitCode | Should -Be 7
    }

    It 'notices an end although the container starts again at once' {
        Start-Only again
        (Wait-ComposeService -ProjectName $project.Name -Service again -For Exited -Timeout 20).ExitCode | Should -Be 4
    }

    It 'waits until something answers at a port' {
        Start-Only server
        $watch = [Diagnostics.Stopwatch]::StartNew()
        (Wait-ComposeService -ProjectName $project.Name -Service server -For Port -Timeout 20).Reached | Should -BeTrue
        $watch.Elapsed.TotalSeconds | Should -BeGreaterThan 1
        $port = Get-ComposePort -ProjectName $project.Name server 80
        $client = [Net.Sockets.TcpClient]::new('127.0.0.1', $port.HostPort)
        $client.Dispose()
        (Wait-ComposeService -ProjectName $project.Name -Service server -Port 80 -Timeout 20).For | Should -Be 'Port'
    }

    It 'asks a script block on the pipeline thread' {
        Start-Only slow
        $asked = 0
        $result = Wait-ComposeService -ProjectName $project.Name -Service slow -For { $script:asked++;
            $_.Health -eq 'Healthy' } -Timeout 20
        $result.For | Should -Be 'Condition'
        $result.Health | Should -Be 'Healthy'
        $script:asked | Should -BeGreaterThan 0
    }

    It 'takes what is piped' {
        Start-Only slow, plain
        (Get-ComposeContainer -ProjectName $project.Name -All -Service slow, plain | Wait-ComposeService).Service | Sort-Object |
            Should -Be @('plain', 'slow')
        (Get-ComposeService -ProjectName $project.Name -Service plain | Wait-ComposeService -For Running).Service |
            Should -Be 'plain'
    }

    It 'explains with one error, and waits for the others: <Name>' -TestCases @(
        @{ Name = 'unhealthy'; Service = 'sick'; For = 'Healthy'; Id = 'ContainerUnhealthy';
            Told = 'ended with 9: no lock.*starting badly' }
        @{ Name = 'ended'; Service = 'quits'; For = 'Ready'; Id = 'ContainerExited'; Told = 'exited \(3\).*bad config' }
        @{ Name = 'no healthcheck'; Service = 'plain'; For = 'Healthy'; Id = 'NoHealthcheck'; Told = 'no healthcheck' }
        @{ Name = 'no port'; Service = 'plain'; For = 'Port'; Id = 'PortNotPublished'; Told = 'does not publish a tcp port' }
    ) {
        Start-Only $Service, slow
        $results = Wait-ComposeService -ProjectName $project.Name -Service $Service,
            $(if ($For -eq 'Port') { $Service } else { 'slow' }) -For $For -Timeout 20 -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$($problem[0])".Replace("`n", ' ') | Should -Match $Told
        $problem[0].TargetObject.Service | Should -Be $Service
        $problem[0].TargetObject.Reached | Should -BeFalse
        if ($For -ne 'Port') { $results.Service | Should -Be 'slow' }
    }

    It 'gives up after -Timeout and says how far it came' {
        Start-Only never
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Wait-ComposeService -ProjectName $project.Name -Service never -For Healthy -Timeout 1.5 -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
        "$($problem[0])" | Should -Match 'never-1 is running, starting; its last probe ended with 1: not yet'
        $problem[0].TargetObject[0].ProbeExitCode | Should -Be 1
    }

    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'unknown service'; Id = 'ServiceNotFound';
            Action = { Wait-ComposeService -ProjectName $project.Name -Service nope } }
        @{ Name = 'unknown container'; Id = 'ContainerNotFound';
            Action = { Wait-ComposeService -ProjectName $project.Name -Container nope } }
        @{ Name = 'unknown project'; Id = 'ProjectNotFound'; Action = { Wait-ComposeService -ProjectName nobody-has-this } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'refuses what cannot be waited for' {
        { Wait-ComposeService -ProjectName $project.Name -For Godot } | Should -Throw -ExpectedMessage '*nothing to wait for*'
    }

    It 'is told when the container is removed' {
        Start-Only never
        $shell = [powershell]::Create().AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; Wait-ComposeService -ProjectName $($project.Name) -Service never -For Healthy")
        $run = $shell.BeginInvoke()
        Start-Sleep -Seconds 2
        Remove-ComposeService -ProjectName $project.Name -Service never -Stop -Timeout 0
        $null = $shell.EndInvoke($run)
        $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'Container*,*'
        $shell.Dispose()
    }

    It 'waits with files for services that have no container yet' {
        $late = New-TestProject "services:`n  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }`n  db: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }`n  none: { image: busybox, scale: 0 }`n"
        $shell = [powershell]::Create().AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; Wait-ComposeService -Path '$($late.Path)' -Timeout 60")
        $run = $shell.BeginInvoke()
        Start-Sleep -Seconds 2
        $run.IsCompleted | Should -BeFalse
        $null = Invoke-ComposeUp -Path $late.Path -Service db
        Start-Sleep -Seconds 1
        $run.IsCompleted | Should -BeFalse
        $null = Invoke-ComposeUp -Path $late.Path
        $shell.EndInvoke($run).Service | Sort-Object | Should -Be @('db', 'web')
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()

        Remove-ComposeService -Path $late.Path -Service web -Stop
        Wait-ComposeService -Path $late.Path -Service web, db -Timeout 0.5 -ErrorAction SilentlyContinue -ErrorVariable problem |
            ForEach-Object Service | Should -Be 'db'
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
        "$($problem[0])" | Should -Match 'service web has no container'
        $problem[0].TargetObject[0].State | Should -Be 'Missing'
        Wait-ComposeService -Path $late.Path -Service nope -Timeout 5 -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ServiceNotFound,*'
        Remove-TestProject $late
    }

    It 'removes the project with -DownProject once all have ended' {
        $short = New-TestProject "services:`n  a: {image: busybox, command: sh -c 'sleep 1; exit 2'}`n  b: {image: busybox, command: 'true'}`n"
        $null = Invoke-ComposeUp -Path $short.Path
        Wait-ComposeService -Path $short.Path -For Exited -DownProject -WhatIf | Should -HaveCount 2
        Get-ComposeContainer -Path $short.Path -All | Should -HaveCount 2
        (Wait-ComposeService -Path $short.Path -DownProject).ExitCode | Sort-Object | Should -Be @(0, 2)
        Get-ComposeContainer -Path $short.Path -All | Should -BeNullOrEmpty
        Remove-TestProject $short
    }

    It 'waits for the end with -DownProject alone, and never removes a project whose job still runs' {
        $short = New-TestProject @'
services:
  slower: {image: busybox, command: sh -c 'sleep 2; exit 3', stop_grace_period: 0s}
'@
        $null = Invoke-ComposeUp -Path $short.Path
        $result = Wait-ComposeService -Path $short.Path -DownProject slower
        $result.For | Should -Be 'Exited'
        $result.ExitCode | Should -Be 3
        Get-ComposeContainer -Path $short.Path -All | Should -BeNullOrEmpty
        Remove-TestProject $short
    }

    It 'refuses -DownProject with what is not the end: <Name>' -TestCases @(
        @{ Name = 'Ready'; Arguments = @{ For = 'Ready' } }
        @{ Name = 'Running'; Arguments = @{ For = 'Running' } }
        @{ Name = 'Healthy'; Arguments = @{ For = 'Healthy' } }
        @{ Name = 'a port'; Arguments = @{ Port = 80 } }
    ) {
        Start-Only plain
        $quietly = @{ ErrorVariable = 'problem'; ErrorAction = 'SilentlyContinue' }
        Wait-ComposeService -ProjectName $project.Name plain -DownProject @Arguments @quietly | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ConflictingParameters,*'
        (Get-ComposeContainer -ProjectName $project.Name -Service plain).State | Should -Be 'Running'
    }
}
