BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule

    # An engine publishes for IPv4 and IPv6, as a rule under one number; where its counters have drifted apart they are two ports.
    function Get-HostPort($Binding) {
        @($Binding.HostPort | Select-Object -Unique | ForEach-Object { [int]$_ })
    }
}

Describe 'Get-ComposePort' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web:
    image: busybox
    command: sleep 600
    init: true
    scale: 2
    ports: ["80", "127.0.0.1::53/udp"]
    expose: ["81"]
  shut: { image: busybox, command: "true", ports: ["80"] }
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Wait-State -Project $project -Service shut -State Exited
        $first = (Get-Inspected $project 'web-1').NetworkSettings.Ports
        $second = (Get-Inspected $project 'web-2').NetworkSettings.Ports
    }

    AfterAll { Remove-TestProject $project }

    It 'answers as docker compose port does: the first replica, tcp' {
        $port = Get-ComposePort -Path $project.Path -Service web -PrivatePort 80
        $port.HostPort | Should -Be (Get-HostPort $first.'80/tcp')
        $port[0].Endpoint | Should -Be "$($first.'80/tcp'[0].HostIp):$($port[0].HostPort)"
        $port.Container | Select-Object -Unique | Should -Be "$($project.Name)-web-1"
    }

    It 'heeds -Protocol and -Index' {
        (Get-ComposePort -ProjectName $project.Name web 53 -Protocol udp).Endpoint |
            Should -Be "127.0.0.1:$($first.'53/udp'[0].HostPort)"
        (Get-ComposePort -ProjectName $project.Name web 80 -Index 2).HostPort | Should -Be (Get-HostPort $second.'80/tcp')
    }

    It 'returns all published ports without -PrivatePort' {
        $ports = Get-ComposePort -Path $project.Path
        $ports.PrivatePort | Select-Object -Unique | Sort-Object | Should -Be @(53, 80)
        $ports.Replica | Select-Object -Unique | Sort-Object | Should -Be @(1, 2)
        (Get-ComposePort -Path $project.Path -Protocol udp).PrivatePort | Select-Object -Unique | Should -Be 53
    }

    It 'takes what is piped' {
        (Get-ComposeContainer -Path $project.Path -Service web | Get-ComposePort -PrivatePort 80).HostPort |
            Should -Be @(Get-HostPort $first.'80/tcp'; Get-HostPort $second.'80/tcp')
    }

    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'unknown service'; Id = 'ServiceNotFound'; Action = { Get-ComposePort -ProjectName $project.Name nope 80 } }
        @{ Name = 'stopped container'; Id = 'ServiceNotRunning'; Action = { Get-ComposePort -ProjectName $project.Name shut 80 } }
        @{ Name = 'not published'; Id = 'PortNotPublished'; Action = { Get-ComposePort -ProjectName $project.Name web 81 } }
        @{ Name = 'index out of range'; Id = 'ReplicaNotFound';
            Action = { Get-ComposePort -ProjectName $project.Name web 80 -Index 9 } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
