BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule

    # Nothing said is told in many ways.
    function Test-Nothing($Value) {
        if ($null -eq $Value -or $Value -is [string]) { return -not $Value }
        if ($Value -is [Collections.ICollection]) { return $Value.Count -eq 0 }
        -not $Value
    }

    # Maps and lists in an order of their own.
    function Format-Value($Value) {
        if ($Value -is [Collections.IDictionary]) { return @($Value.Keys | Sort-Object |
            ForEach-Object { "${_}=$($Value[$_] | ConvertTo-Json -Compress -Depth 5)" }) -join ' ' }
        $Value | ConvertTo-Json -Compress -Depth 5
    }

    # What inspect tells of a container that must be the same in its like: no ids, times, own labels or addresses of chance.
    function Get-Essence([string]$Container) {
        $inspect = Invoke-Docker inspect $Container | ConvertFrom-Json -AsHashtable
        $config = $inspect.Config
        foreach ($name in 'AttachStdin', 'AttachStdout', 'AttachStderr', 'StdinOnce', 'Image') { $config.Remove($name) }
        if ($inspect.Id.StartsWith($config.Hostname)) { $config.Remove('Hostname') }
        foreach ($label in @($config.Labels.Keys) -like 'com.docker.compose.*') { $config.Labels.Remove($label) }
        $hostConfig = $inspect.HostConfig
        $config['Env'] = @($config.Env | Sort-Object)
        foreach ($name in 'Binds', 'Mounts', 'ContainerIDFile', 'ConsoleSize', 'NetworkMode',
            'Links') { $hostConfig.Remove($name) }
        # No policy is the policy no; an anonymous volume is asked for in two ways.
        if ($hostConfig.RestartPolicy.Name -in '', 'no') { $hostConfig.Remove('RestartPolicy') }
        $config.Remove('Volumes')
        if ($hostConfig.PortBindings.Count -eq 0) { $hostConfig.Remove('PortBindings') }
        $networks = [ordered]@{}
        foreach ($name in $inspect.NetworkSettings.Networks.Keys | Sort-Object) {
            $endpoint = $inspect.NetworkSettings.Networks[$name]
            $own = @($inspect.Id.Substring(0, 12), $inspect.Name.TrimStart('/'))
            $networks[$name] = @{ Aliases = @($endpoint.Aliases | Where-Object { $_ -and $_ -notin $own } | Sort-Object -Unique);
                Address = $endpoint.IPAMConfig.IPv4Address }
        }

        $mounts = @($inspect.Mounts | Sort-Object { $_.Destination } | ForEach-Object {
                $name = if ($_.Name -match '^[0-9a-f]{64}$') { '' } elseif ($_.Name) { $_.Name } else { $_.Source }
                "$($_.Type) $name $($_.Destination) $($_.RW)"
            })
        "Name: $($inspect.Name)"
        "Image: $($inspect.Image)"
        $mounts
        $networks | ConvertTo-Json -Depth 5 -Compress
        foreach ($part in @(@{ Of = 'Config'; Values = $config }, @{ Of = 'Host'; Values = $hostConfig })) {
            foreach ($name in $part['Values'].Keys | Sort-Object) {
                $value = $part['Values'][$name]
                if (-not (Test-Nothing $value)) { "$($part.Of) ${name}: $(Format-Value $value)" }
            }
        }
    }
}

Describe 'ConvertTo-ComposeFile' -Skip:$noEngine {
    BeforeEach {
        $name = 'pester' + [Guid]::NewGuid().ToString('N').Substring(0, 8)
        $folder = (New-Item -ItemType Directory -Path (Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath $name)).FullName
        $project = $null
    }

    AfterEach {
        $quietly = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        Remove-ComposeProject -ProjectName $name -Volume -RemoveOrphan -Timeout 0 -Force @quietly
        Remove-TestProject $project
        foreach ($id in Invoke-Docker ps -aq --filter "name=$name") { $null = Invoke-Docker rm -f -v $id }
        foreach ($network in Invoke-Docker network ls -q --filter "name=$name") { $null = Invoke-Docker network rm $network }
        foreach ($volume in Invoke-Docker volume ls -q --filter "name=$name") { $null = Invoke-Docker volume rm $volume }
        Remove-Item -LiteralPath $folder -Recurse -Force
    }

    It 'says nothing of what the image and the engine give anyway' {
        $null = Invoke-Docker run -d --name "$name-plain" busybox
        ConvertTo-ComposeFile "$name-plain" -Name $name |
            Should -Be "name: $name`nservices:`n  $name-plain:`n    image: busybox`n    container_name: $name-plain`n    network_mode: bridge`n"
    }

    It 'makes an equal container: <Case>' -TestCases @(
        @{ Case = 'nothing said'; Run = @('busybox') }
        @{ Case = 'commands'; Run = @('--entrypoint', 'sh', 'busybox', '-c', 'echo "$HOME costs 5$"; sleep 600') }
        @{ Case = 'variables, labels, user, directory';
            Run = @('-e', 'A=b c', '-e', 'PRICE=$5', '-e', 'EMPTY=', '-e', 'PATH=/bin', '-l', 'a.b=c: d', '-l', 'price=$$', '-u',
            '65534:65534', '-w', '/tmp', 'busybox', 'sleep', '600') }
        @{ Case = 'names and terminals'; Run = @('-h', 'other', '--domainname', 'example.test', '-t', '-i', '--stop-signal',
            'SIGUSR1', '--stop-timeout', '3', 'busybox', 'sleep', '600') }
        @{ Case = 'health'; Run = @('--health-cmd', 'true || false', '--health-interval', '90s', '--health-timeout', '1s',
            '--health-retries', '4', '--health-start-period', '5s', 'busybox', 'sleep', '600') }
        @{ Case = 'no health'; Run = @('--no-healthcheck', 'busybox', 'sleep', '600') }
        @{ Case = 'ports'; Run = @('-p', '127.0.0.1:38431:80', '-p', '38432:81/udp', '--expose', '90', 'busybox', 'sleep',
            '600') }
        @{ Case = 'restart, init, rights'; Run = @('--restart', 'on-failure:3', '--init', '--cap-add', 'NET_ADMIN', '--cap-drop',
            'MKNOD', '--group-add', '5', '--security-opt', 'no-new-privileges', '--read-only', 'busybox', 'sleep', '600') }
        @{ Case = 'privileged, shared namespaces';
            Run = @('--privileged', '--pid', 'host', '--ipc', 'host', '--uts', 'host', '--network', 'host', 'busybox', 'sleep',
            '600') }
        @{ Case = 'no network'; Run = @('--network', 'none', 'busybox', 'sleep', '600') }
        @{ Case = 'resources'; Run = @('--cpus', '0.5', '--cpu-shares', '512', '-m', '64m', '--memory-reservation', '32m',
            '--pids-limit', '50', '--shm-size', '32m', '--ulimit', 'nofile=1000:2000', '--oom-score-adj', '100', 'busybox',
            'sleep', '600') }
        @{ Case = 'names of hosts'; Run = @('--dns', '1.1.1.1', '--dns-search', 'example.test', '--dns-option', 'ndots:2',
            '--add-host', 'a:1.2.3.4', '--sysctl', 'net.ipv4.ip_forward=1', 'busybox', 'sleep', '600') }
        @{ Case = 'logging and devices'; Run = @('--log-driver', 'json-file', '--log-opt', 'max-size=1m', '--device',
            '/dev/null:/dev/nothing:rw', '--device-cgroup-rule', 'c 1:3 mr', 'busybox', 'sleep', '600') }
        @{ Case = 'mounts'; Run = @('-v', '/tmp:/host:ro', '-v', 'NAME-data:/data', '-v', '/anonymous', '--tmpfs',
            '/run:size=64k', '--mount', 'type=volume,source=NAME-more,target=/more,readonly', '--mount',
            'type=bind,source=/tmp,target=/host2', '--mount', 'type=tmpfs,target=/t,tmpfs-size=1000000', 'busybox', 'sleep',
            '600') }
        @{ Case = 'a network of its own'; Run = @('--network', 'NAME-net', '--network-alias', 'db', '--ip', '10.213.7.9',
            'busybox', 'sleep', '600') }
    ) {
        $null = Invoke-Docker network create --subnet 10.213.7.0/24 "$name-net"
        $arguments = $Run.ForEach({ $_ -creplace 'NAME', $name })
        $null = Invoke-Docker create --name "$name-one" @arguments
        $before = Get-Essence "$name-one"
        $file = ConvertTo-ComposeFile "$name-one" -Name $name
        $null = Invoke-Docker rm -f "$name-one"
        Set-Content -Path $folder/compose.yaml -Value $file -NoNewline
        Test-ComposeFile -Path $folder/compose.yaml | Should -BeTrue -Because $file
        $null = Invoke-ComposeUp -Path $folder/compose.yaml -NoStart
        Compare-Object -ReferenceObject $before -DifferenceObject (Get-Essence "$name-one") |
            ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty -Because $file
    }

    It 'takes what is piped, and keeps a project as it is: replicas, networks, volumes, dependencies' {
        $project = New-TestProject @'
services:
  web:
    image: busybox
    command: sleep 600
    init: true
    scale: 2
    depends_on: {db: {condition: service_started, restart: true}}
    networks: [default, back]
    environment: {A: b}
  db:
    image: busybox
    command: sleep 600
    init: true
    networks: {back: {aliases: [store]}}
    volumes: ["data:/data", "./conf:/conf:ro"]
  side: {image: busybox, command: sleep 600, init: true, network_mode: "service:db"}
networks:
  back: {internal: true, labels: {a: b}}
volumes:
  data: {labels: {c: d}}
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $file = Get-ComposeContainer -ProjectName $project.Name | ConvertTo-ComposeFile
        @($file).Count | Should -Be 1
        Set-Content -Path $folder/compose.yaml -Value $file -NoNewline
        Test-ComposeFile -Path $folder/compose.yaml | Should -BeTrue -Because $file
        $config = Get-ComposeConfig -Path $folder/compose.yaml -AsJson | ConvertFrom-Json
        $config.name | Should -Be $project.Name
        $config.services.web.scale | Should -Be 2
        $config.services.web.depends_on.db.restart | Should -BeTrue
        $config.services.web.networks.PSObject.Properties.Name | Sort-Object | Should -Be @('back', 'default')
        $config.services.side.network_mode | Should -Be 'service:db'
        $config.services.db.networks.back.aliases | Should -Be 'store'
        $config.networks.back.internal | Should -BeTrue
        $config.volumes.data.labels.c | Should -Be 'd'
        ConvertTo-ComposeFile -ProjectName $project.Name | Should -Be $file
        Get-ComposeProject | Where-Object ProjectName -EQ $project.Name | ConvertTo-ComposeFile | Should -Be $file
        (Get-ComposeService -ProjectName $project.Name | Where-Object Service -EQ db | ConvertTo-ComposeFile) |
            Should -Not -Match 'side:'
        "$($project.Name)-db-1", "$($project.Name)-web-1" | ConvertTo-ComposeFile | Should -Match '  web:'
        $before = Get-Essence "$($project.Name)-db-1"
        Remove-ComposeProject -ProjectName $project.Name -Timeout 0
        $null = Invoke-ComposeUp -Path $folder/compose.yaml
        Compare-Object -ReferenceObject $before -DifferenceObject (Get-Essence "$($project.Name)-db-1") |
            ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }

    It 'keeps what another container shares with it, and warns of what a compose file cannot say' {
        $null = Invoke-Docker network create "$name-net"
        $null = Invoke-Docker create --name "$name-other" --network "$name-net" -v /shared busybox sleep 600
        $null = Invoke-Docker create --name "$name-one" --rm --network "$name-net" --link "${name}-other:alias" --volumes-from "$name-other:ro" --ipc shareable busybox sleep 600
        $before = Get-Essence "$name-one"
        $file = ConvertTo-ComposeFile "$name-one" -Name $name -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -BeLike "*--rm*$name-one*"
        $null = Invoke-Docker rm -f "$name-one"
        Set-Content -Path $folder/compose.yaml -Value $file -NoNewline
        $null = Invoke-ComposeUp -Path $folder/compose.yaml -NoStart
        Compare-Object -ReferenceObject $before -DifferenceObject (Get-Essence "$name-one") |
            ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeLike '<= Host AutoRemove*' -Because $file
        (Invoke-Docker inspect -f '{{json .NetworkSettings.Networks}}' "$name-one") | Should -Match 'other:alias'
    }

    It 'takes the services of a project' {
        $project = New-TestProject "services:`n  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }`n  db: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }`n"
        $null = Invoke-ComposeUp -Path $project.Path
        $file = ConvertTo-ComposeFile -ProjectName $project.Name -Service web
        $file | Should -Match '(?m)^  web:'
        $file | Should -Not -Match '(?m)^  db:'
        Remove-TestProject $project
    }

    It 'names the image of a container that was made by its id, and refuses what cannot name a project' {
        $id = Invoke-Docker image inspect -f '{{.Id}}' busybox
        $null = Invoke-Docker create --name "$name-plain" $id.Substring(7, 12)
        ConvertTo-ComposeFile "$name-plain" | Should -Match '(?m)^    image: [a-z]+.*:[^:]+$'
        ConvertTo-ComposeFile "$name-plain" | Should -Not -Match $id.Substring(7, 12)
        { ConvertTo-ComposeFile "$name-plain" -Name 'Not One' } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'is one error for a container that is not there, and goes on with the others' {
        $null = Invoke-Docker run -d --name "$name-plain" busybox
        $file = ConvertTo-ComposeFile "$name-nothing", "$name-plain" -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ContainerNotFound,*'
        $file | Should -Match "$name-plain"
        ConvertTo-ComposeFile "$name-nothing" -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'is one error for a project that is not there, and where nothing is named' {
        ConvertTo-ComposeFile -ProjectName "$name-nothing" -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
        ConvertTo-ComposeFile -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NothingToDescribe,*'
    }
}
