BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'data, secrets and configs' -Skip:$noEngine {
    BeforeEach { $project = $null }
    AfterEach { Remove-TestProject $project }

    It 'flow 11: keeps named volumes through down, shares them, and keeps anonymous ones through recreation only' {
        $project = New-TestProject @'
services:
  writer: {image: busybox, command: sh -c 'test -f /data/x || echo kept > /data/x; sleep 60', init: true, stop_grace_period: 1s, volumes: ['named:/data', /anonymous, './host:/host:ro,z']}
  reader: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, volumes: ['named:/read:ro']}
  follower: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, volumes_from: ['writer:ro']}
volumes: {named: }
'@ -File @{ 'host/file.txt' = 'from the host' }
        $null = Invoke-ComposeUp -Path $project.Path
        Invoke-Docker exec "$($project.Name)-reader-1" cat /read/x | Should -Be 'kept'
        Invoke-Docker exec "$($project.Name)-writer-1" cat /host/file.txt | Should -Be 'from the host'
        Invoke-Docker exec "$($project.Name)-follower-1" cat /data/x | Should -Be 'kept'
        { Invoke-Docker exec "$($project.Name)-follower-1" touch /data/y } | Should -Throw
        { Invoke-Docker exec "$($project.Name)-writer-1" touch /host/y } | Should -Throw
        ((Get-Inspected $project writer-1).Mounts | Where-Object Destination -EQ /host).Mode | Should -Be 'ro,z'

        $null = Invoke-Docker exec "$($project.Name)-writer-1" touch /anonymous/survivor
        $anonymous = ((Get-Inspected $project writer-1).Mounts | Where-Object Destination -EQ /anonymous).Name
        $null = Invoke-ComposeUp -Path $project.Path -ForceRecreate
        Invoke-Docker exec "$($project.Name)-writer-1" ls /anonymous | Should -Be 'survivor'
        $null = Invoke-ComposeUp -Path $project.Path -ForceRecreate -RenewAnonymousVolume
        Invoke-Docker exec "$($project.Name)-writer-1" ls /anonymous | Should -BeNullOrEmpty
        $renewed = ((Get-Inspected $project writer-1).Mounts | Where-Object Destination -EQ /anonymous).Name
        $renewed | Should -Not -Be $anonymous

        Remove-ComposeProject -Path $project.Path -Timeout 0
        Invoke-Docker volume ls -q | Should -Contain "$($project.Name)_named"
        $null = Invoke-ComposeUp -Path $project.Path
        Invoke-Docker exec "$($project.Name)-reader-1" cat /read/x | Should -Be 'kept'
        $null = Invoke-ComposeUp -Path $project.Path -ForceRecreate
        $last = ((Get-Inspected $project writer-1).Mounts | Where-Object Destination -EQ /anonymous).Name
        Remove-ComposeProject -Path $project.Path -Timeout 0 -Volume -Confirm:$false
        Invoke-Docker volume ls -q | Should -Not -Contain "$($project.Name)_named"
        Invoke-Docker volume ls -q | Should -Not -Contain $last
    }

    It 'flow 12: gives long mounts their options, and makes no directory nobody asked for' {
        $project = New-TestProject @'
services:
  a:
    image: busybox
    command: sleep 60
    init: true
    volumes:
      - {type: volume, source: data, target: /data, volume: {nocopy: true}}
      - {type: bind, source: ./made, target: /made, bind: {create_host_path: true, propagation: rprivate}}
      - {type: tmpfs, target: /small, tmpfs: {size: 1m, mode: 0700}}
      - {type: volume, source: bound, target: /bound}
volumes:
  data:
  bound: {driver: local, driver_opts: {type: none, device: $PWD/there, o: bind}}
'@.Replace('$PWD', '.') -File @{ 'there/file.txt' = 'through a driver'; 'made/file.txt' = 'through a bind' }
        (Get-Content -Path $project.Path -Raw).Replace('./there', "$($project.Folder)/there") | Set-Content -Path $project.Path
        $null = Invoke-ComposeUp -Path $project.Path
        Invoke-Docker exec "$($project.Name)-a-1" cat /bound/file.txt | Should -Be 'through a driver'
        Invoke-Docker exec "$($project.Name)-a-1" cat /made/file.txt | Should -Be 'through a bind'
        Invoke-Docker exec "$($project.Name)-a-1" stat -c %a /small | Should -Be '700'
        Invoke-Docker exec "$($project.Name)-a-1" df -k /small | Select-Object -Last 1 | Should -Match '\s1024\s'
        ((Get-Inspected $project a-1).Mounts | Where-Object Destination -EQ /made).Propagation | Should -Be 'rprivate'
    }

    It 'flow 12: mounts a subpath of a volume where the engine can, and refuses it at its place where it cannot' {
        $project = New-TestProject "services:`n  maker: {image: busybox, command: sh -c 'mkdir -p /all/part; echo found > /all/part/file', volumes: ['data:/all']}`n  user: {image: busybox, command: sleep 60, init: true, depends_on: {maker: {condition: service_completed_successfully}}, volumes: [{type: volume, source: data, target: /part, volume: {subpath: part}}]}`nvolumes: {data: }`n"
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        if ([version](Invoke-Docker version -f '{{.Server.APIVersion}}') -ge '1.45') {
            $problem | Should -BeNullOrEmpty
            Invoke-Docker exec "$($project.Name)-user-1" cat /part/file | Should -Be 'found'
        } else {
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'EngineLacksFeature,*'
            "$($problem[0])" | Should -Match 'compose\.yaml:3:\d+'
            Invoke-Docker volume ls -q | Should -Not -Contain "$($project.Name)_data"
        }
    }

    It 'flow 12: refuses a host path that must exist and does not' {
        $project = New-TestProject "services:`n  a: {image: busybox, volumes: [{type: bind, source: ./absent, target: /x, bind: {create_host_path: false}}]}`n"
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        "$($problem[0])" | Should -Match 'absent'
        Test-Path -Path (Join-Path -Path $project.Folder -ChildPath absent) | Should -BeFalse
    }

    It 'flow 12: says which <Type> mount this engine does not have' -TestCases @(
        @{ Type = 'npipe'; Source = '\\\\.\\pipe\\x' }
        @{ Type = 'cluster'; Source = 'volume-of-a-swarm' }
    ) {
        $project = New-TestProject "services:`n  a: {image: busybox, volumes: [{type: $Type, source: '$Source', target: /x}]}`n"
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -HaveCount 1
        "$($problem[0])" | Should -Match 'service:a:1'
    }

    It 'flow 13: keeps a volume of another name, and its name' {
        $name = 'pestervol' + [Guid]::NewGuid().ToString('N').Substring(0, 6)
        $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true, volumes: ['data:/d']}`nvolumes: {data: {name: $name}}`n"
        $null = Invoke-ComposeUp -Path $project.Path
        (Get-Inspected $project a-1).Mounts.Name | Should -Be $name
        Remove-ComposeProject -Path $project.Path -Volume -Timeout 0 -Confirm:$false
        Invoke-Docker volume ls -q | Should -Not -Contain $name
    }

    It 'flow 14: keeps a changed volume until told, and recreates a changed network with its containers reconnected' {
        $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, volumes: ['keep:/d']}`nnetworks: {default: {labels: {v: '1'}}}`nvolumes: {keep: {labels: {v: '1'}}}`n"
        $first = Invoke-ComposeUp -Path $project.Path
        (Get-Content -Path $project.Path) -replace "default: \{labels: \{v: '1'", "default: {labels: {v: '2'" |
            Set-Content -Path $project.Path
        (Invoke-ComposeUp -Path $project.Path).Id | Should -Be $first.Id
        Invoke-Docker network inspect "$($project.Name)_default" --format '{{.Labels.v}} {{len .Containers}}' | Should -Be '2 1'
        (Get-Content -Path $project.Path) -replace "keep: \{labels: \{v: '1'", "keep: {labels: {v: '2'" |
            Set-Content -Path $project.Path
        (Get-ComposePlan -Path $project.Path -WarningAction SilentlyContinue).Questions | Should -HaveCount 1
        $null = Invoke-Docker exec "$($project.Name)-a-1" touch /d/kept
        $up = "Invoke-ComposeUp -Path '$($project.Path)'"
        $said = Invoke-SharedShell "$up 3>&1; $up -Force -WhatIf" | Out-String
        $said | Should -Match 'is kept as it is'
        $said | Should -Match 'What if: .*"Recreate" on target .* volume:keep'
        Invoke-Docker exec "$($project.Name)-a-1" ls /d | Should -Be 'kept'
        Invoke-Docker volume inspect "$($project.Name)_keep" --format '{{.Labels.v}}' | Should -Be '1'
        $null = Invoke-ComposeUp -Path $project.Path -Force
        Invoke-Docker volume inspect "$($project.Name)_keep" --format '{{.Labels.v}}' | Should -Be '2'
        Invoke-Docker exec "$($project.Name)-a-1" ls /d | Should -BeNullOrEmpty
    }

    It 'flow 18: gives secrets and configs of every source their target, owner and mode, and tells them nowhere else' {
        $env:PESTER_FLOW_WORD = 'hush-from-variable'
        try {
            $project = New-TestProject @'
services:
  a:
    image: busybox
    command: sleep 60
    init: true
    secrets:
      - plain
      - {source: plain, target: owned, uid: "103", gid: "104", mode: 0440}
      - {source: said, target: /etc/said}
    configs:
      - text
      - {source: text, target: /etc/app/text.conf, mode: 0400, uid: "7"}
secrets: {plain: {file: ./plain.txt}, said: {environment: PESTER_FLOW_WORD}}
configs: {text: {content: "mode=hush-inline"}}
'@ -File @{ 'plain.txt' = 'hush-from-file' }
            $null = Invoke-ComposeUp -Path $project.Path -Verbose 4>&1 | Out-String | Tee-Object -Variable told
            $told | Should -Not -Match 'hush-'
            $container = "$($project.Name)-a-1"
            Invoke-Docker exec $container cat /run/secrets/plain /run/secrets/owned /etc/said /text | Out-String |
                Should -Match 'hush-from-file\s+hush-from-file\s+hush-from-variable\s*mode=hush-inline'
            Invoke-Docker exec $container stat -c '%a %u %g' /run/secrets/owned /etc/said /etc/app/text.conf |
                Should -Be @('440 103 104', '444 0 0', '400 7 0')
            Invoke-Docker inspect $container | Out-String | Should -Not -Match 'hush-'
            Stop-ComposeService -Path $project.Path -Timeout 0
            $null = Wait-State -Project $project -State Exited
            $null = Invoke-ComposeUp -Path $project.Path
            Invoke-Docker exec $container cat /etc/said | Should -Be 'hush-from-variable'
        }
        finally {
            Remove-Item -Path Env:PESTER_FLOW_WORD
        }
    }

    It 'flow 18: refuses a secret whose variable is not set, at its place' {
        $project = New-TestProject "services:`n  a: {image: busybox, secrets: [s]}`nsecrets:`n  s: {environment: PESTER_NOBODY_SETS_THIS}`n"
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'FileObjectVariableNotSet,*'
        "$($problem[0])" | Should -Match 'compose\.yaml:4:3'
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}
