BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeNetwork' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  db: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, networks: [back] }
  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, networks: [back, front] }
networks:
  back: { internal: true, attachable: true, labels: { keep: long } }
  front: { name: NAME_other, ipam: { config: [{ subnet: 10.213.77.0/24, gateway: 10.213.77.9 }] }, driver_opts: { com.docker.network.bridge.enable_icc: "false" } }
'@
        # The engine's own name of a network need not begin with the project's.
        (Get-Content -Path $project.Path) -creplace 'NAME', $project.Name | Set-Content -Path $project.Path
        $null = Invoke-ComposeUp -Path $project.Path
        $named = @{ ProjectName = $project.Name }
    }

    AfterAll { Remove-TestProject $project }

    It 'returns the networks with what they are and who is on them' {
        Push-Location -Path $project.Folder
        $back, $front = try { Get-ComposeNetwork } finally { Pop-Location }
        $back.Network | Should -Be 'back'
        $back.Name | Should -Be "$($project.Name)_back"
        $back.Internal, $back.Attachable, $back.EnableIPv6 | Should -Be @($true, $true, $false)
        $back.Labels['keep'] | Should -Be 'long'
        $back.Services | Should -Be @('db', 'web')
        $front.Name | Should -Be "$($project.Name)_other"
        $front.Subnets | Should -Be '10.213.77.0/24'
        $front.Gateways | Should -Be '10.213.77.9'
        $front.Driver | Should -Be 'bridge'
        $front.Options['com.docker.network.bridge.enable_icc'] | Should -Be 'false'
        $front.Id | Should -Be (Invoke-Docker network inspect -f '{{.Id}}' $front.Name)
        $front.Services | Should -Be 'web'
        ([DateTime]::UtcNow - $front.Created).TotalMinutes | Should -BeLessThan 5
    }

    It 'narrows to services, containers and names' {
        (Get-ComposeNetwork @named -Service db).Network | Should -Be 'back'
        (Get-ComposeNetwork -Path $project.Path -Container "$($project.Name)-web-1").Network | Should -Be @('back', 'front')
        (Get-ComposeNetwork @named -Network front).Network | Should -Be 'front'
        (Get-ComposeNetwork @named -Network "$($project.Name)_o*").Network | Should -Be 'front'
        Get-ComposeNetwork @named -Network none* | Should -BeNullOrEmpty
    }

    It 'takes projects and services from the pipeline' {
        (Get-ComposeProject -ProjectName $project.Name | Get-ComposeNetwork).Network | Should -Be @('back', 'front')
        (Get-ComposeService @named -Service db | Get-ComposeNetwork).Network | Should -Be 'back'
    }

    It 'is one error, and the rest comes all the same: <Name>' -TestCases @(
        @{ Name = 'an unknown service'; What = @{ Service = 'nope', 'db' }; Id = 'ServiceNotFound' }
        @{ Name = 'an unknown network'; What = @{ Network = 'nope', 'back' }; Id = 'NetworkNotFound' }
        @{ Name = 'an unknown container'; What = @{ Service = 'db'; Container = 'nope' }; Id = 'ContainerNotFound'; Left = 0 }
    ) {
        $found = Get-ComposeNetwork @named @What -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $found.Network | Should -Be $(if ($Left -ne 0) { 'back' })
    }

    It 'returns nothing of a project that is down, and the network of others never' {
        Remove-ComposeProject @named
        Get-ComposeNetwork -Path $project.Path | Should -BeNullOrEmpty
    }
}
