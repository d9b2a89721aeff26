BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Restart-ComposeService' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  db:
    image: busybox
    command: sleep 600
    init: true
  api:
    image: busybox
    command: sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done'
    depends_on:
      db: { condition: service_started, restart: true }
    pre_stop: [{ command: touch /tmp/drained }]
    post_start: [{ command: touch /tmp/warmed }]
  web:
    image: busybox
    command: sleep 600
    init: true
    depends_on: [db]
  other:
    image: busybox
    command: sleep 600
    init: true
'@
        $null = Invoke-ComposeUp -Path $project.Path

        # When each service's container started last, as the engine has it.
        function Get-Start {
            $starts = @{}
            foreach ($service in 'db', 'api', 'web', 'other') {
                $starts[$service] = (Get-Inspected $project "$service-1").State.StartedAt
            }

            $starts
        }

        # The services that were restarted meanwhile.
        function Compare-Start($Before) {
            $after = Get-Start
            @($Before.Keys | Where-Object { $Before[$_] -ne $after[$_] } | Sort-Object)
        }
    }

    AfterAll { Remove-TestProject $project }

    It 'restarts a service in place, with those that ask to be restarted along, in order' {
        $before = Get-Start
        $ids = (Get-ComposeContainer -Path $project.Path).Id
        Restart-ComposeService -Path $project.Path -Service db | Should -BeNullOrEmpty
        Compare-Start $before | Should -Be @('api', 'db')
        $after = Get-Start
        $after.api | Should -BeGreaterThan $after.db
        (Get-ComposeContainer -Path $project.Path).Id | Should -Be $ids
    }

    It 'runs the hooks of the files' {
        $null = Invoke-Docker exec "$($project.Name)-api-1" rm -f /tmp/drained /tmp/warmed
        Restart-ComposeService -Path $project.Path -Service api
        Invoke-Docker exec "$($project.Name)-api-1" ls /tmp | Sort-Object | Should -Be @('drained', 'warmed')
    }

    It 'leaves the others with -NoDependency' {
        $before = Get-Start
        Restart-ComposeService -Path $project.Path -Service db -NoDependency
        Compare-Start $before | Should -Be @('db')
    }

    It 'restarts everything without -Service, and what was stopped' {
        Stop-ComposeService -ProjectName $project.Name -Service other -Timeout 0
        $before = Get-Start
        Restart-ComposeService -ProjectName $project.Name -Timeout 0
        Compare-Start $before | Should -Be @('api', 'db', 'other', 'web')
    }

    It 'takes services and containers from the pipeline and returns them with -PassThru' {
        $before = Get-Start
        $passed = Get-ComposeContainer -Path $project.Path -Service web, other | Restart-ComposeService -PassThru
        Compare-Start $before | Should -Be @('other', 'web')
        $passed.Service | Should -Be @('other', 'web')
        $passed.State | Should -Be @('Running', 'Running')
        $before = Get-Start
        Get-ComposeService -ProjectName $project.Name -Service other | Restart-ComposeService
        Compare-Start $before | Should -Be @('other')
    }

    It 'lets a paused container go on' {
        Suspend-ComposeService -Path $project.Path -Service other
        Restart-ComposeService -Path $project.Path -Service other -Timeout 1
        (Get-Inspected $project 'other-1').State.Status | Should -Be 'running'
    }

    It 'does nothing with -WhatIf' {
        $before = Get-Start
        Restart-ComposeService -Path $project.Path -WhatIf
        Compare-Start $before | Should -BeNullOrEmpty
    }

    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'unknown service'; Id = 'ServiceNotFound';
            Action = { Restart-ComposeService -ProjectName $project.Name -Service nope } }
        @{ Name = 'unknown container'; Id = 'ContainerNotFound';
            Action = { Restart-ComposeService -ProjectName $project.Name -Container nope } }
        @{ Name = 'unknown project'; Id = 'ProjectNotFound'; Action = { Restart-ComposeService -ProjectName nobody-has-this } }
        @{ Name = 'foreign object'; Id = 'NotAComposeObject'; Action = { 1 | Restart-ComposeService } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
