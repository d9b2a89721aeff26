BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeContainer' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, scale: 2, networks: [side] }
  cold: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, volumes: ["data:/d"] }
  once: { image: busybox, command: sh -c 'exit 3', volumes: ["data:/d"] }
volumes: { data: }
networks: { side: }
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
        { Get-ComposeContainer -ProjectName $project.Name -Status Sleeping } |
            Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'narrows to services, and takes projects from the pipeline' {
        (Get-ComposeContainer -ProjectName $project.Name -Service web).Replica | Should -Be @(1, 2)
        (Get-ComposeProject -ProjectName $project.Name | Get-ComposeContainer -Service 'w*').Replica | Should -Be @(1, 2)
    }

    It 'takes containers by name and wildcard first, and lists one that is named in full in any state' {
        Push-Location -Path $project.Folder
        try {
            (Get-ComposeContainer '*-w?b-[12]').Replica | Should -Be 1, 2
            (Get-ComposeContainer '*-once-1') | Should -BeNullOrEmpty
            (Get-ComposeContainer '*-once-1' -All).State | Should -Be Exited
            (Get-ComposeContainer "$($project.Name)-once-1", "$($project.Name)-cold-1").State | Should -Be Paused, Exited
            (Get-ComposeContainer "$($project.Name)-once-1" -Status Running) | Should -BeNullOrEmpty
            $null = Get-ComposeContainer web -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem.FullyQualifiedErrorId | Should -Be 'ContainerNotFound,Compose.Module.Commands.GetComposeContainerCommand'
            $problem[0].ErrorDetails.RecommendedAction | Should -Match '-Service'
        } finally { Pop-Location }
    }

    It 'lists the one container that is piped, and those that use a volume or network that is piped' {
        (Get-ComposeContainer -Path $project.Path -All -Service once | Get-ComposeContainer).Service | Should -Be once
        (Get-ComposeContainer -Path $project.Path -Service web | Where-Object Replica -EQ 2 | Get-ComposeContainer).Replica |
            Should -Be 2
        (Get-ComposeVolume data -Path $project.Path | Get-ComposeContainer -All).Service | Should -Be cold, once
        (Get-ComposeVolume data -Path $project.Path | Get-ComposeContainer).Service | Should -Be cold
        (Get-ComposeNetwork side -ProjectName $project.Name | Get-ComposeContainer).Replica | Should -Be 1, 2
        (Get-ComposeVolume data -Path $project.Path | Get-ComposeImage).Service | Sort-Object | Should -Be cold, once
    }

    It 'tells a service that is nowhere, but not that one that comes with an object has no container' {
        @(Get-ComposeContainer -Path $project.Path -Service web,
            nosuch -ErrorAction SilentlyContinue -ErrorVariable problem).Count | Should -Be 2
        $problem.FullyQualifiedErrorId | Should -Be 'ServiceNotFound,Compose.Module.Commands.GetComposeContainerCommand'
        $engine = (Get-ComposeVersion).EngineHost
        [pscustomobject]@{ EngineHost = $engine; ProjectName = $project.Name; Service = 'not-made-yet' } |
            Get-ComposeContainer -ErrorVariable none | Should -BeNullOrEmpty
        $none | Should -BeNullOrEmpty
    }
}
