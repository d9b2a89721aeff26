BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Remove-ComposeService' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web:
    image: busybox
    command: sleep 600
    init: true
    volumes: [/anonymous, data:/data]
  once: { image: busybox, command: "true" }
volumes:
  data: {}
'@
    }

    BeforeEach {
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Wait-State -Project $project -Service once -State Exited
        $anonymous = (Get-Inspected $project 'web-1').Mounts | Where-Object Destination -EQ /anonymous
    }

    AfterAll { Remove-TestProject $project }

    It 'removes what is stopped and leaves what runs, with a warning' {
        Remove-ComposeService -Path $project.Path -WarningVariable warning -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warning | Should -BeLike '*web-1 is running*-Stop*'
        (Get-ComposeContainer -Path $project.Path -All).Service | Should -Be 'web'
    }

    It 'stops first with -Stop; volumes and networks stay' {
        Remove-ComposeService -Path $project.Path -Stop -Timeout 2
        Get-ComposeContainer -Path $project.Path -All | Should -BeNullOrEmpty
        Invoke-Docker volume ls -q | Should -Contain "$($project.Name)_data"
        Invoke-Docker volume ls -q | Should -Contain $anonymous.Name
        Invoke-Docker network ls --format '{{.Name}}' | Should -Contain "$($project.Name)_default"
        $null = Invoke-Docker volume rm $anonymous.Name
    }

    It 'removes anonymous volumes with -Volume, never named ones' {
        Remove-ComposeService -Path $project.Path -Service web -Stop -Volume -Force
        Invoke-Docker volume ls -q | Should -Not -Contain $anonymous.Name
        Invoke-Docker volume ls -q | Should -Contain "$($project.Name)_data"
        (Get-ComposeContainer -Path $project.Path -All).Service | Should -Be 'once'
    }

    It 'takes containers from the pipeline' {
        Get-ComposeContainer -ProjectName $project.Name -All | Where-Object State -EQ Exited | Remove-ComposeService
        (Get-ComposeContainer -Path $project.Path -All).Service | Should -Be 'web'
    }

    It 'removes nothing with -WhatIf, not even with -Force' {
        Remove-ComposeService -Path $project.Path -Stop -Force -WhatIf
        (Get-ComposeContainer -Path $project.Path -All).Count | Should -Be 2
    }

    It 'asks nothing with -Force where everything asks' {
        $script = "`$ConfirmPreference = 'Low'; Remove-ComposeService -ProjectName $($project.Name) -Service once -Force"
        Invoke-SharedShell $script | Should -BeNullOrEmpty
        (Get-ComposeContainer -Path $project.Path -All).Service | Should -Be 'web'
    }

    It 'writes one error for an unknown <Name>' -TestCases @(
        @{ Name = 'service'; Id = 'ServiceNotFound'; Target = @{ Service = 'nope' } }
        @{ Name = 'container'; Id = 'ContainerNotFound'; Target = @{ Container = 'nope' } }
        @{ Name = 'project'; Id = 'ProjectNotFound'; Target = @{ ProjectName = 'nobody-has-this' } }
    ) {
        if (-not $Target.ProjectName) {
            $Target.ProjectName = $project.Name
        }

        Remove-ComposeService @Target -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $problem[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
