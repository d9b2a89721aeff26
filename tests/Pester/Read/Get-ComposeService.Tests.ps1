BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeService' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web:
    image: busybox
    command: sleep 600
    init: true
    stop_grace_period: 0s
    scale: 2
    ports: ["127.0.0.1::80"]
    healthcheck: { test: "true", interval: 300ms }
  sick: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, healthcheck: { test: "false", interval: 300ms, retries: 1 } }
  once: { image: busybox, command: "true" }
  never: { image: busybox, scale: 0 }
  more: { image: busybox, profiles: [extra] }
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Wait-ComposeService -Path $project.Path web -For Healthy
        $null = Wait-ComposeService -Path $project.Path once -For Exited
        $null = Wait-ComposeService -Path $project.Path sick -For Healthy -ErrorAction SilentlyContinue
        $named = @{ ProjectName = $project.Name }
    }

    AfterAll { Remove-TestProject $project }

    It 'tells what is wanted and what is there' {
        Push-Location -Path $project.Folder
        $services = try { Get-ComposeService } finally { Pop-Location }
        $services.Service | Should -Be @('never', 'once', 'sick', 'web')
        $services.Desired | Should -Be @(0, 1, 1, 2)
        $services.Running | Should -Be @(0, 0, 1, 2)
        $services.Total | Should -Be @(0, 1, 1, 2)
        $services.State | Should -Be @('Missing', 'Exited', 'Running', 'Running')
        $services.Health | Should -Be @('None', 'None', 'Unhealthy', 'Healthy')
        $services.Drifted | Should -Be @($false, $false, $false, $false)
        $services[3].Ports.Count | Should -Be 2
        $services[3].Ports.ContainerPort | Select-Object -Unique | Should -Be 80
        $services[3].Image | Should -Be 'busybox'
    }

    It 'knows by name what the labels tell, and no more' {
        $services = Get-ComposeService @named
        $services.Service | Should -Be @('once', 'sick', 'web')
        @($services.Desired) + @($services.Drifted) | Where-Object { $null -ne $_ } | Should -BeNullOrEmpty
        Get-ComposeService -ProjectName 'nobody-has-*' | Should -BeNullOrEmpty
    }

    It 'tells of drift: what the file says now is not what runs' {
        $changed = Join-Path -Path $project.Folder -ChildPath changed.yaml
        (Get-Content -Path $project.Path) -replace 'sleep 600', 'sleep 601' | Set-Content -Path $changed
        $services = Get-ComposeService -Path $changed @named
        ($services | Where-Object Drifted).Service | Should -Be @('sick', 'web')
    }

    It 'narrows by name and pattern, and returns none twice' {
        (Get-ComposeService -Path $project.Path web).Service | Should -Be 'web'
        (Get-ComposeService -Path $project.Path -Service 'w*', web, '[n-o]*').Service | Should -Be @('never', 'once', 'web')
        (Get-ComposeService -Path $project.Path -Profile extra -Service more).Desired | Should -Be 1
        Get-ComposeService @named -Service 'x*' | Should -BeNullOrEmpty
    }

    It 'takes projects and containers from the pipeline' {
        (Get-ComposeProject $project.Name | Get-ComposeService).Service | Should -Be @('once', 'sick', 'web')
        (Get-ComposeContainer @named -Service sick | Get-ComposeService).Service | Should -Be 'sick'
    }

    It 'is one error for an unknown service, and the others are returned' {
        (Get-ComposeService @named nope, web -ErrorAction SilentlyContinue -ErrorVariable problem).Service | Should -Be 'web'
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ServiceNotFound,*'
        $problem[0].TargetObject | Should -Be 'nope'
        $problem[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'is one error for a file that <Name>' -TestCases @(
        @{ Name = 'is not there'; File = 'none.yaml'; Id = 'ComposeFileNotFound' }
        @{ Name = 'is broken'; File = 'broken.yaml'; Id = '*' }
    ) {
        Set-Content -Path (Join-Path -Path $project.Folder -ChildPath broken.yaml) -Value "services:`n  web: [`n"
        Get-ComposeService -Path (Join-Path -Path $project.Folder -ChildPath $File) -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
