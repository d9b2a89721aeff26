BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'networks and ports' -Skip:$noEngine {
    BeforeEach { $project = $null }
    AfterEach { Remove-TestProject $project }

    It 'flow 2: names networks and volumes by project and key, and creates only what is used' {
        $project = New-TestProject "services:`n  web: {image: busybox, command: sleep 60, init: true, networks: [prv1], volumes: ['data:/data']}`nnetworks: {prv1: , idle: }`nvolumes: {data: , idle: }`n"
        $null = Invoke-ComposeUp -Path $project.Path
        Invoke-Docker network ls --format '{{.Name}}' --filter "label=com.docker.compose.project=$($project.Name)" |
            Should -Be "$($project.Name)_prv1"
        Invoke-Docker volume ls -q --filter "label=com.docker.compose.project=$($project.Name)" |
            Should -Be "$($project.Name)_data"
    }

    It 'flow 5: resolves links by service and alias, starts what is linked first, and links outside containers' {
        $outside = 'pesterout' + [Guid]::NewGuid().ToString('N').Substring(0, 6)
        $null = Invoke-Docker network create $outside
        try {
            $null = Invoke-Docker run -d --init --name $outside --network $outside busybox sleep 60
            $project = New-TestProject "services:`n  app: {image: busybox, command: sleep 60, init: true, links: [logserver, 'logserver:log01'], external_links: ['$outside`:elsewhere'], networks: [out]}`n  logserver: {image: busybox, command: sleep 60, init: true, networks: [out]}`nnetworks: {out: {external: true, name: $outside}}`n"
            (Invoke-ComposeUp -Path $project.Path).Service | Should -Contain 'logserver'
            foreach ($name in 'logserver', 'log01', 'elsewhere', $outside) {
                Invoke-Docker exec "$($project.Name)-app-1" ping -c 1 -W 2 $name | Out-String | Should -Match '1 packets received'
            }

            $app, $server = 'app-1', 'logserver-1' | ForEach-Object { [datetime](Get-Inspected $project $_).State.StartedAt }
            $server | Should -BeLessThan $app
        }
        finally {
            Remove-TestProject $project
            $null = Invoke-Docker rm -f $outside
            $null = Invoke-Docker network rm $outside
        }
    }

    It 'flow 6: publishes every form of a port' {
        $base = Get-Random -Minimum 31000 -Maximum 39000
        $project = New-TestProject @"
services:
  fixed: {image: busybox, command: sleep 60, init: true, ports: ["${base}:80", "127.0.0.1:$($base + 1):80", "$($base + 2):53/udp"], expose: ["99"]}
  picked: {image: busybox, command: sleep 60, init: true, ports: ["3000"]}
  ranged: {image: busybox, command: sleep 60, init: true, scale: 2, ports: ["127.0.0.1:$($base + 10)-$($base + 14):80"]}
"@
        $containers = Invoke-ComposeUp -Path $project.Path
        $fixed = ($containers | Where-Object Service -EQ fixed).Ports
        ($fixed | Where-Object HostIP -EQ '127.0.0.1').HostPort | Should -Be ($base + 1)
        ($fixed | Where-Object Protocol -EQ udp).HostPort | Select-Object -Unique | Should -Be ($base + 2)
        ($containers | Where-Object Service -EQ picked).Ports[0].HostPort | Should -BeGreaterThan 0
        $ranged = ($containers | Where-Object Service -EQ ranged).Ports.HostPort
        $ranged | Select-Object -Unique | Should -HaveCount 2
        $ranged | ForEach-Object { $_ | Should -BeIn (($base + 10)..($base + 14)) }
        (Get-Inspected $project fixed-1).Config.ExposedPorts.PSObject.Properties.Name | Should -Contain '99/tcp'
    }

    It 'flow 13: uses external networks and volumes, by both forms, and leaves them' {
        $name = 'pesterext' + [Guid]::NewGuid().ToString('N').Substring(0, 6)
        $null = Invoke-Docker network create $name
        $null = Invoke-Docker volume create $name
        try {
            $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true, networks: [n], volumes: ['vol:/v']}`nnetworks: {n: {external: {name: $name}}}`nvolumes: {vol: {external: true, name: $name}}`n"
            $null = Invoke-ComposeUp -Path $project.Path -WarningAction SilentlyContinue
            (Get-Inspected $project a-1).Mounts.Name | Should -Be $name
            Remove-ComposeProject -Path $project.Path -Volume -Timeout 0 -Confirm:$false -WarningAction SilentlyContinue
            Invoke-Docker network ls --format '{{.Name}}' --filter "name=$name" | Should -Be $name
            Invoke-Docker volume ls -q --filter "name=$name" | Should -Be $name
        }
        finally {
            Remove-TestProject $project
            $null = Invoke-Docker network rm $name
            $null = Invoke-Docker volume rm $name
        }
    }

    It 'flow 13: says which external <Kind> is missing, before anything is touched' -TestCases @(
        @{ Kind = 'network'; Use = 'networks: [own, x]';
            Section = "networks: {own: , x: {external: true, name: pester-nobody-made}}" }
        @{ Kind = 'volume'; Use = "volumes: ['vol:/x']"; Section = "volumes: {vol: {external: true, name: pester-nobody-made}}" }
    ) {
        $project = New-TestProject "services:`n  a: {image: busybox, $Use}`n$Section`n"
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -HaveCount 1
        "$($problem[0])" | Should -Match 'pester-nobody-made'
        "$($problem[0])" | Should -Match 'compose\.yaml:3:'
        foreach ($made in 'container', 'network', 'volume') {
            Invoke-Docker $made ls -q @($(if ($made -eq 'container') { '-a' })) --filter "label=com.docker.compose.project=$($project.Name)" | Should -BeNullOrEmpty
        }
    }

    It 'flow 25: gives <Driver> networks the driver, its options and attachable as inspect shows them' -TestCases @(
        @{ Driver = 'macvlan'; Mode = 'macvlan_mode' }
        @{ Driver = 'ipvlan'; Mode = 'ipvlan_mode' }
        @{ Driver = 'overlay' }
    ) {
        $third = Get-Random -Minimum 0 -Maximum 250
        $options = if ($Mode) { "driver_opts: {${Mode}: $(if ($Driver -eq 'ipvlan') { 'l2' } else { 'bridge' })}, " }
        $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true, networks: [wide]}`nnetworks:`n  wide: {driver: $Driver, attachable: true, ${options}ipam: {config: [{subnet: 10.214.$third.0/24}]}}`n"
        $made = & docker network create -d $Driver --attachable --subnet "10.215.$third.0/24" "$($project.Name)try" 2>&1
        $can = $LASTEXITCODE -eq 0
        & docker network rm "$($project.Name)try" 2>&1 | Out-Null
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        if ($can) {
            # What the kernel lacks shows at the start; the network is there by then.
            $network = Invoke-Docker network inspect "$($project.Name)_wide" | ConvertFrom-Json
            $network.Driver | Should -Be $Driver
            $network.Attachable | Should -BeTrue
            if ($Mode) { $network.Options.$Mode | Should -BeIn @('bridge', 'l2') }
        } else {
            # An overlay wants a Swarm; the engine's reason is told.
            $problem | Should -HaveCount 1
            "$($problem[0])" | Should -Match ([regex]::Escape(("$made" -replace '^Error response from daemon: ').Trim()))
        }
    }

    It 'flow 25: shares, takes away and addresses networks as inspect shows it' {
        $second = Get-Random -Minimum 0 -Maximum 250
        $project = New-TestProject @"
services:
  base: {image: busybox, command: sleep 60, init: true, networks: {fixed: {ipv4_address: 10.213.$second.20, aliases: [named]}, closed: }}
  host: {image: busybox, command: sleep 60, init: true, network_mode: host}
  alone: {image: busybox, command: sleep 60, init: true, network_mode: none}
  shared: {image: busybox, command: sleep 60, init: true, network_mode: "service:base"}
  bridged: {image: busybox, command: sleep 60, init: true, network_mode: bridge}
networks:
  fixed: {driver: bridge, ipam: {config: [{subnet: 10.213.$second.0/24, gateway: 10.213.$second.1}]}}
  closed: {internal: true}
"@
        $null = Invoke-ComposeUp -Path $project.Path
        $base = Get-Inspected $project base-1
        $base.NetworkSettings.Networks."$($project.Name)_fixed".IPAddress | Should -Be "10.213.$second.20"
        $base.NetworkSettings.Networks."$($project.Name)_fixed".Aliases | Should -Contain 'named'
        $base.NetworkSettings.Networks.PSObject.Properties.Name | Should -Contain "$($project.Name)_closed"
        (Get-Inspected $project host-1).HostConfig.NetworkMode | Should -Be 'host'
        (Get-Inspected $project alone-1).HostConfig.NetworkMode | Should -Be 'none'
        (Get-Inspected $project shared-1).HostConfig.NetworkMode | Should -Be "container:$($base.Id)"
        (Get-Inspected $project bridged-1).NetworkSettings.Networks.PSObject.Properties.Name | Should -Be 'bridge'
        Invoke-Docker network inspect "$($project.Name)_closed" --format '{{.Internal}}' | Should -Be 'true'
    }

    It 'flow 25: joins the network of a container outside' {
        $outside = 'pesterns' + [Guid]::NewGuid().ToString('N').Substring(0, 6)
        $id = Invoke-Docker run -d --init --name $outside busybox sleep 60
        try {
            $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true, network_mode: 'container:$outside'}`n"
            (Invoke-ComposeUp -Path $project.Path).State | Should -Be 'Running'
            (Get-Inspected $project a-1).HostConfig.NetworkMode | Should -BeIn @("container:$id", "container:$outside")
        }
        finally {
            Remove-TestProject $project
            $null = Invoke-Docker rm -f $outside
        }
    }
}
