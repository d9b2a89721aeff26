BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeContainer' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, scale: 2 }
  cold: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }
  once: { image: busybox, command: sh -c 'exit 3' }
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Wait-State -Project $project -Service once -State Exited
        Suspend-ComposeService -Path $project.Path -Service cold
    }

    AfterAll { Remove-TestProject $project }

    It 'returns what runs, and everything with -All' {
        (Get-ComposeContainer -Path $project.Path).Service | Should -Be @('cold', 'web', 'web')
        $all = Get-ComposeContainer -Path $project.Path -All
        $all.Service | Should -Be @('cold', 'once', 'web', 'web')
        ($all | Where-Object Service -EQ once).ExitCode | Should -Be 3
    }

    It 'narrows to states with -Status, whether they run or not' {
        (Get-ComposeContainer -Path $project.Path -Status Exited).Service | Should -Be 'once'
        (Get-ComposeContainer -ProjectName $project.Name -Status paused, exited).Service | Should -Be @('cold', 'once')
        Get-ComposeContainer -ProjectName $project.Name -Status Dead | Should -BeNullOrEmpty
        { Get-ComposeContainer -ProjectName $project.Name -Status Sleeping } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'narrows to services, and takes projects from the pipeline' {
        (Get-ComposeContainer -ProjectName $project.Name -Service web).Replica | Should -Be @(1, 2)
        (Get-ComposeProject -ProjectName $project.Name | Get-ComposeContainer -Service 'w*').Replica | Should -Be @(1, 2)
    }

    It 'tells a service that is nowhere, but not that one that comes with an object has no container' {
        @(Get-ComposeContainer -Path $project.Path -Service web, nosuch -ErrorAction SilentlyContinue -ErrorVariable problem).Count | Should -Be 2
        $problem.FullyQualifiedErrorId | Should -Be 'ServiceNotFound,Compose.Module.Commands.GetComposeContainerCommand'
        $engine = (Get-ComposeVersion).EngineHost
        [pscustomobject]@{ EngineHost = $engine; ProjectName = $project.Name; Service = 'not-made-yet' } | Get-ComposeContainer -ErrorVariable none | Should -BeNullOrEmpty
        $none | Should -BeNullOrEmpty
    }
}
