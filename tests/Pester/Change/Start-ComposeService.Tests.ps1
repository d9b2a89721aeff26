BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Start-ComposeService' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  slow:
    image: busybox
    command: sh -c 'rm -f /tmp/ok; sleep 1; touch /tmp/ok; sleep 600'
    init: true
    healthcheck: { test: [CMD, test, -f, /tmp/ok], interval: 200ms, retries: 30 }
  quits: { image: busybox, command: sh -c 'sleep 0.5; exit 3' }
'@
        $null = Invoke-ComposeUp -Path $project.Path -NoStart
    }

    AfterEach { Stop-ComposeService -ProjectName $project.Name -Timeout 1 }
    AfterAll { Remove-TestProject $project }

    It 'waits for health with -Wait' {
        (Start-ComposeService -Path $project.Path -Service slow -Wait -PassThru).Health | Should -Be 'Healthy'
    }

    It 'gives up after -WaitTimeout with one error' {
        Start-ComposeService -Path $project.Path -Service slow -WaitTimeout 0.3 -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
    }

    It 'does not wait without -Wait' {
        (Start-ComposeService -Path $project.Path -Service slow -PassThru).Health | Should -Be 'Starting'
    }

    It 'starts what a named service depends on, once that is healthy; a piped container alone' {
        $chain = New-TestProject @'
services:
  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, depends_on: { db: { condition: service_healthy } } }
  db:
    image: busybox
    command: sh -c 'rm -f /tmp/ok; sleep 1; touch /tmp/ok; sleep 600'
    init: true
    stop_grace_period: 0s
    healthcheck: { test: [CMD, test, -f, /tmp/ok], interval: 200ms, retries: 30 }
  other: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }
'@
        $null = Invoke-ComposeUp -Path $chain.Path -NoStart
        Start-ComposeService -ProjectName $chain.Name -Service web
        $started = Get-ComposeContainer -ProjectName $chain.Name
        $started.Service | Should -Be @('db', 'web')
        $started[0].Health | Should -Be 'Healthy'

        # A dependency that runs and is not healthy yet is waited for.
        Stop-ComposeService -ProjectName $chain.Name
        Start-ComposeService -ProjectName $chain.Name -Service db
        Start-ComposeService -ProjectName $chain.Name -Service web
        (Get-ComposeContainer -ProjectName $chain.Name -Service db).Health | Should -Be 'Healthy'

        Stop-ComposeService -ProjectName $chain.Name
        Get-ComposeContainer -ProjectName $chain.Name -All -Service web | Start-ComposeService
        (Get-ComposeContainer -ProjectName $chain.Name).Service | Should -Be 'web'
        Remove-TestProject $chain
    }

    It 'runs pre_start hooks and brings secrets as they are now, with files' {
        $ready = New-TestProject @'
services:
  web:
    image: busybox
    command: sleep 600
    init: true
    stop_grace_period: 0s
    scale: 2
    secrets: [token]
    volumes: [data:/data]
    pre_start: [{ command: [sh, -c, 'echo ran >> /data/log'] }]
secrets:
  token: { environment: PESTER_TOKEN }
volumes:
  data: {}
'@
        try {
            $env:PESTER_TOKEN = 'first'
            $null = Invoke-ComposeUp -Path $ready.Path
            Stop-ComposeService -Path $ready.Path
            $env:PESTER_TOKEN = 'second'
            Start-ComposeService -Path $ready.Path
            Invoke-Docker exec "$($ready.Name)-web-2" cat /run/secrets/token | Should -Be 'second'
            Invoke-Docker exec "$($ready.Name)-web-1" cat /data/log | Should -Be @('ran', 'ran')

            # Where a replica runs, the service is prepared already.
            Stop-ComposeService -ProjectName $ready.Name -Container "$($ready.Name)-web-2"
            Start-ComposeService -Path $ready.Path
            Invoke-Docker exec "$($ready.Name)-web-1" cat /data/log | Should -HaveCount 2
            Get-ComposeContainer -ProjectName $ready.Name | Should -HaveCount 2
        } finally {
            Remove-Item -Path env:PESTER_TOKEN
            Remove-TestProject $ready
        }
    }

    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'unknown service'; Id = 'ServiceNotFound';
            Action = { Start-ComposeService -ProjectName $project.Name -Service nope } }
        @{ Name = 'unknown container'; Id = 'ContainerNotFound';
            Action = { Start-ComposeService -ProjectName $project.Name -Container nope } }
        @{ Name = 'unknown project'; Id = 'ProjectNotFound'; Action = { Start-ComposeService -ProjectName nobody-has-this } }
        @{ Name = 'foreign object'; Id = 'NotAComposeObject'; Action = { 1 | Start-ComposeService } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
