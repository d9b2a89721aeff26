BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeVolume, Get-ComposeNetwork and Get-ComposeVersion' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  db: { image: busybox, command: sleep 600, init: true, volumes: [data:/data], networks: [back] }
  web: { image: busybox, command: sleep 600, init: true, volumes: [cache:/cache], networks: [back, front] }
volumes:
  data: { labels: { keep: long } }
  cache: {}
networks:
  back: { internal: true }
  front: { ipam: { config: [{ subnet: 10.213.77.0/24 }] } }
'@
        $null = Invoke-ComposeUp -Path $project.Path
    }

    AfterAll { Remove-TestProject $project }

    It 'returns the volumes with those who use them' {
        $cache, $data = Get-ComposeVolume -Path $project.Path
        $data.Volume | Should -Be 'data'
        $data.Name | Should -Be "$($project.Name)_data"
        $data.Services | Should -Be 'db'
        $data.Labels['keep'] | Should -Be 'long'
        $data.Driver | Should -Be 'local'
        $data.Mountpoint | Should -Be (Invoke-Docker volume inspect -f '{{.Mountpoint}}' $data.Name)
        ([DateTime]::UtcNow - $data.Created).TotalMinutes | Should -BeLessThan 5
        $cache.Services | Should -Be 'web'
    }

    It 'returns the networks with those who are on them' {
        $back, $front = Get-ComposeNetwork -Path $project.Path
        $back.Network | Should -Be 'back'
        $back.Internal | Should -BeTrue
        $back.Services | Should -Be @('db', 'web')
        $front.Subnets | Should -Be '10.213.77.0/24'
        $front.Id | Should -Be (Invoke-Docker network inspect -f '{{.Id}}' "$($project.Name)_front")
        $front.Services | Should -Be 'web'
    }

    It 'narrows to services and takes what is piped' {
        (Get-ComposeVolume -ProjectName $project.Name -Service db).Volume | Should -Be 'data'
        (Get-ComposeNetwork -ProjectName $project.Name -Service db).Network | Should -Be 'back'
        (Get-ComposeService -ProjectName $project.Name -Service web | Get-ComposeVolume).Volume | Should -Be 'cache'
        (Get-ComposeProject -ProjectName $project.Name | Get-ComposeNetwork).Network | Should -Be @('back', 'front')
    }

    It 'returns volumes that outlive their containers' {
        Remove-ComposeProject -ProjectName $project.Name
        (Get-ComposeVolume -ProjectName $project.Name).Volume | Should -Be @('cache', 'data')
        Get-ComposeNetwork -ProjectName $project.Name | Should -BeNullOrEmpty
    }

    It 'is one error for an unknown service: <Name>' -TestCases @(
        @{ Name = 'Get-ComposeVolume' }
        @{ Name = 'Get-ComposeNetwork' }
    ) {
        & $Name -ProjectName $project.Name -Service nope -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ServiceNotFound,*'
    }

    It 'knows the versions at work' {
        $version = Get-ComposeVersion
        $version.Module | Should -Be (Get-Module -Name Compose).Version.ToString()
        $version.Engine | Should -Be (Invoke-Docker version -f '{{.Server.Version}}')
        $version.EngineApi | Should -Be (Invoke-Docker version -f '{{.Server.APIVersion}}')
        [version]$version.Api | Should -BeLessOrEqual ([version]$version.EngineApi)
        $version.Compose | Should -Match '^\d+\.\d+\.\d+$'
        $version.Platform | Should -Be (Invoke-Docker version -f '{{.Server.Os}}/{{.Server.Arch}}')
    }

    It 'knows its own version where no engine answers' {
        $version = Get-ComposeVersion -EngineHost unix:///nowhere.sock -ErrorAction SilentlyContinue -ErrorVariable problem
        $version.Module | Should -Not -BeNullOrEmpty
        $version.Engine | Should -BeNullOrEmpty
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'EngineNotRunning,*'
    }
}
