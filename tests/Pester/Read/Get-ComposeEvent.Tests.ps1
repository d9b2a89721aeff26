BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeEvent' -Skip:$noEngine {
    BeforeAll {
        $begin = Get-Date
        $project = New-TestProject @'
services:
  web:
    image: busybox
    command: sleep 600
    init: true
    labels: { team: blue }
  once: { image: busybox, command: sh -c 'exit 3' }
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Wait-State -Project $project -Service once -State Exited
    }

    AfterAll { Remove-TestProject $project }

    It 'tells what happened, in order' {
        $events = Get-ComposeEvent -Path $project.Path
        ($events | Where-Object Service -EQ web).Action | Select-Object -First 2 | Should -Be @('create', 'start')
        $events.Time | Should -Be ($events.Time | Sort-Object)
        $events.Time[0].Kind | Should -Be 'Utc'
        $died = $events | Where-Object Action -EQ die
        $died.Service | Should -Be 'once'
        $died.ExitCode | Should -Be 3
        $died.Container | Should -Be "$($project.Name)-once-1"
        ($events | Where-Object Service -EQ web)[0].Attributes['team'] | Should -Be 'blue'
        $events[0].Attributes.Keys | Should -Not -Contain 'com.docker.compose.project'
    }

    It 'narrows to services, containers and times' {
        (Get-ComposeEvent -ProjectName $project.Name -Service on*).Service | Select-Object -Unique | Should -Be 'once'
        (Get-ComposeEvent -ProjectName $project.Name -Container "$($project.Name)-web-1").Service | Select-Object -Unique |
            Should -Be 'web'
        Get-ComposeEvent -ProjectName $project.Name -Until $begin | Should -BeNullOrEmpty
        @(Get-ComposeEvent -ProjectName $project.Name -Since $begin).Count | Should -BeGreaterOrEqual 5
        @(Get-ComposeEvent -ProjectName $project.Name -Since 10m).Count | Should -BeGreaterOrEqual 5
        @(Get-ComposeEvent -ProjectName $project.Name -Since ([TimeSpan]::FromMinutes(10)) -Until ([DateTimeOffset]::Now)).Count |
            Should -BeGreaterOrEqual 5
    }

    It 'takes what is piped' {
        (Get-ComposeContainer -ProjectName $project.Name -Service web | Get-ComposeEvent).Service | Select-Object -Unique |
            Should -Be 'web'
        (Get-ComposeService -ProjectName $project.Name | Get-ComposeEvent).Service | Select-Object -Unique | Sort-Object |
            Should -Be @('once', 'web')
    }

    It 'stays with -Follow and ends at -Until' {
        $shell = [powershell]::Create().AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; Get-ComposeEvent -ProjectName $($project.Name) -Service web -Follow -Until ([DateTime]::Now.AddSeconds(5))")
        $run = $shell.BeginInvoke()
        Start-Sleep -Seconds 2
        Restart-ComposeService -ProjectName $project.Name -Service web -Timeout 0
        $shell.EndInvoke($run).Action | Should -Contain 'restart'
        $shell.Dispose()
    }

    It 'tells health with its state' {
        $sick = New-TestProject "services:`n  a: {image: busybox, command: sleep 600, init: true, healthcheck: {test: 'true', interval: 200ms}}`n"
        $null = Invoke-ComposeUp -Path $sick.Path -Wait
        (Get-ComposeEvent -Path $sick.Path | Where-Object Action -EQ health_status).Detail | Should -Be 'healthy'
        Remove-TestProject $sick
    }

    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'unknown service'; Id = 'ServiceNotFound';
            Action = { Get-ComposeEvent -ProjectName $project.Name -Service nope } }
        @{ Name = 'since after until'; Id = 'EngineBadRequest';
            Action = { Get-ComposeEvent -ProjectName $project.Name -Since 1h -Until 2h } }
        @{ Name = 'unknown service, followed'; Id = 'ServiceNotFound';
            Action = { Get-ComposeEvent -ProjectName $project.Name -Service nope -Follow } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'refuses a bad time' {
        { Get-ComposeEvent -ProjectName $project.Name -Since 'yesterday evening' } |
            Should -Throw -ExpectedMessage '*is not a time*'
    }
}
