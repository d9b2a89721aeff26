BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeVolume' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  db: { image: busybox, command: sleep 600, init: true, volumes: [data:/data] }
  web: { image: busybox, command: sleep 600, init: true, volumes: [cache:/cache] }
volumes:
  data: { labels: { keep: long } }
  cache: {}
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

    It 'narrows to services and takes what is piped' {
        (Get-ComposeVolume -ProjectName $project.Name -Service db).Volume | Should -Be 'data'
        (Get-ComposeService -ProjectName $project.Name -Service web | Get-ComposeVolume).Volume | Should -Be 'cache'
        (Get-ComposeProject -ProjectName $project.Name | Get-ComposeVolume).Volume | Should -Be @('cache', 'data')
    }

    It 'returns volumes that outlive their containers' {
        Remove-ComposeProject -ProjectName $project.Name
        (Get-ComposeVolume -ProjectName $project.Name).Volume | Should -Be @('cache', 'data')
    }

    It 'is one error for an unknown service' {
        Get-ComposeVolume -ProjectName $project.Name -Service nope -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ServiceNotFound,*'
    }
}
