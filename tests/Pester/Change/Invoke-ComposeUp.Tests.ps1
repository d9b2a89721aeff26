BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Invoke-ComposeUp' -Skip:$noEngine {
    BeforeEach { $project = $null }
    AfterEach { Remove-TestProject $project }

    Context 'a web service built here and a store' {
        It 'builds, starts in order, stops and leaves nothing behind' {
            $project = New-TestProject @'
services:
  web:
    build: .
    command: sleep 60
    init: true
    depends_on: [redis]
  redis:
    image: busybox
    command: sleep 60
    init: true
'@ -File @{ Dockerfile = "FROM busybox`nARG SECRET=none`nRUN echo built > /built`n"; '.dockerignore' = 'compose.yaml' }
            $containers = Invoke-ComposeUp -Path $project.Path
            $containers.Service | Should -Be @('redis', 'web')
            $containers.State | Should -Be @('Running', 'Running')
            Invoke-Docker exec "$($project.Name)-web-1" cat /built | Should -Be 'built'
            Invoke-Docker network inspect "$($project.Name)_default" --format '{{.Name}}' | Should -Be "$($project.Name)_default"
            $redis, $web = "$($project.Name)-redis-1", "$($project.Name)-web-1" |
                ForEach-Object { [datetime](Invoke-Docker inspect $_ --format '{{.State.StartedAt}}') }
            $redis | Should -BeLessThan $web
            Stop-ComposeService -Path $project.Path -Timeout 0
            Wait-State -Project $project -State Exited | Should -Be @('Exited', 'Exited')
            Remove-ComposeProject -Path $project.Path -Image Local
            Invoke-Docker ps -aq --filter "label=com.docker.compose.project=$($project.Name)" | Should -BeNullOrEmpty
            Invoke-Docker network ls -q --filter "label=com.docker.compose.project=$($project.Name)" | Should -BeNullOrEmpty
            Invoke-Docker images -q "$($project.Name)-web" | Should -BeNullOrEmpty
        }

        It 'keeps build arguments out of the environment and honours target and dockerfile_inline' {
            $project = New-TestProject @'
services:
  web:
    build:
      context: .
      target: two
      args: {WORD: said}
      dockerfile_inline: |
        FROM busybox AS one
        FROM busybox AS two
        ARG WORD
        RUN echo $$WORD > /word
        FROM busybox AS three
        RUN false
    command: sleep 60
    init: true
'@
            $null = Invoke-ComposeUp -Path $project.Path
            Invoke-Docker exec "$($project.Name)-web-1" cat /word | Should -Be 'said'
            Invoke-Docker exec "$($project.Name)-web-1" env | Should -Not -Match 'WORD'
        }
    }

    Context 'networks, volumes and what was said about the container' {
        It 'names them by project and key, and creates only what is used' {
            $project = New-TestProject @'
services:
  app:
    image: busybox
    command: ["sleep", "60"]
    entrypoint: []
    init: true
    networks: {prv1: {aliases: [other]}}
    volumes: [data:/data]
    labels: [a=1, b=two]
    restart: on-failure:3
    hostname: host1
    user: "0"
    working_dir: /tmp
    expose: ["99/udp"]
    tmpfs: [/scratch]
networks: {prv1: , unused: }
volumes: {data: , unused: }
'@
            $null = Invoke-ComposeUp -Path $project.Path
            $inspect = Invoke-Docker inspect "$($project.Name)-app-1" | ConvertFrom-Json
            $inspect.NetworkSettings.Networks.PSObject.Properties.Name | Should -Be "$($project.Name)_prv1"
            $inspect.NetworkSettings.Networks."$($project.Name)_prv1".Aliases | Should -Contain 'other'
            $inspect.NetworkSettings.Networks."$($project.Name)_prv1".Aliases | Should -Contain 'app'
            $inspect.HostConfig.RestartPolicy.Name | Should -Be 'on-failure'
            $inspect.HostConfig.RestartPolicy.MaximumRetryCount | Should -Be 3
            $inspect.Config.Labels.b | Should -Be 'two'
            $inspect.Config.Hostname | Should -Be 'host1'
            $inspect.Config.WorkingDir | Should -Be '/tmp'
            $inspect.Config.ExposedPorts.PSObject.Properties.Name | Should -Contain '99/udp'
            $inspect.HostConfig.Tmpfs.PSObject.Properties.Name | Should -Contain '/scratch'
            Invoke-Docker volume ls -q --filter "label=com.docker.compose.project=$($project.Name)" |
                Should -Be "$($project.Name)_data"
            Invoke-Docker network ls --format '{{.Name}}' --filter "label=com.docker.compose.project=$($project.Name)" |
                Should -Be "$($project.Name)_prv1"
        }

        It 'keeps the data of a named volume through down and shares it' {
            $project = New-TestProject "services:`n  a: {image: busybox, command: sh -c 'echo kept > /data/x; sleep 60', init: true, volumes: ['keep:/data']}`n  b: {image: busybox, command: sleep 60, init: true, volumes: ['keep:/shared:ro'], depends_on: [a]}`nvolumes: {keep: }`n"
            $null = Invoke-ComposeUp -Path $project.Path
            Invoke-Docker exec "$($project.Name)-b-1" cat /shared/x | Should -Be 'kept'
            Remove-ComposeProject -Path $project.Path -Timeout 0
            Invoke-Docker volume ls -q --filter "name=$($project.Name)_keep" | Should -Be "$($project.Name)_keep"
            Remove-ComposeProject -Path $project.Path -Volume -Force
            Invoke-Docker volume ls -q --filter "name=$($project.Name)_keep" | Should -BeNullOrEmpty
        }

        It 'mounts secrets and configs from files' {
            $project = New-TestProject "services:`n  a:`n    image: busybox`n    command: sleep 60`n    init: true`n    secrets: [key]`n    configs: [{source: conf, target: /etc/app.conf}]`nsecrets: {key: {file: key.txt}}`nconfigs: {conf: {file: app.conf}}`n" -File @{ 'key.txt' = 'hush'; 'app.conf' = 'setting' }
            $null = Invoke-ComposeUp -Path $project.Path
            Invoke-Docker exec "$($project.Name)-a-1" cat /run/secrets/key | Should -Be 'hush'
            Invoke-Docker exec "$($project.Name)-a-1" cat /etc/app.conf | Should -Be 'setting'
            Invoke-Docker inspect "$($project.Name)-a-1" --format '{{.Config.Env}} {{.Config.Labels}}' | Should -Not -Match 'hush'
        }

        It 'publishes ports: <Port>' -TestCases @(
            @{ Port = '"3000"'; Expected = '3000/tcp' }
            @{ Port = '"127.0.0.1::53/udp"'; Expected = '53/udp' }
        ) {
            $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true, ports: [$Port]}`n"
            $container = Invoke-ComposeUp -Path $project.Path
            $container.Ports[0].HostPort | Should -BeGreaterThan 0
            "$($container.Ports[0])" | Should -BeLike "*->$Expected"
        }

        It 'uses an external network and leaves it' {
            $null = Invoke-Docker network create pester-external
            try {
                $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true, networks: [ext]}`nnetworks: {ext: {external: true, name: pester-external}}`n"
                $null = Invoke-ComposeUp -Path $project.Path
                Invoke-Docker inspect "$($project.Name)-a-1" --format '{{json .NetworkSettings.Networks}}' |
                    Should -Match 'pester-external'
                Remove-ComposeProject -Path $project.Path -Timeout 0
                Invoke-Docker network ls -q --filter name=pester-external | Should -Not -BeNullOrEmpty
            }
            finally {
                Remove-ComposeProject -ProjectName $project.Name -Timeout 0 -ErrorAction SilentlyContinue
                $null = Invoke-Docker network rm pester-external
            }
        }

        It 'refuses a missing external <Kind> before anything is touched' -TestCases @(
            @{ Kind = 'network'; Text = "services:`n  a: {image: busybox, networks: [ext]}`nnetworks: {ext: {external: true, name: not-there-at-all}}" }
            @{ Kind = 'volume'; Text = "services:`n  a: {image: busybox, volumes: ['ext:/x']}`nvolumes: {ext: {external: {name: not-there-at-all}}}" }
        ) {
            $project = New-TestProject $Text
            $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem | Should -HaveCount 1
            "$($problem[0])" | Should -Match 'not-there-at-all'
            Invoke-Docker ps -aq --filter "label=com.docker.compose.project=$($project.Name)" | Should -BeNullOrEmpty
            Invoke-Docker network ls -q --filter "label=com.docker.compose.project=$($project.Name)" | Should -BeNullOrEmpty
        }
    }

    Context 'dependencies' {
        It 'waits for health and for a one-shot to succeed' {
            $project = New-TestProject @'
services:
  store:
    image: busybox
    command: sh -c 'sleep 1; touch /ready; sleep 60'
    init: true
    healthcheck: {test: test -f /ready, interval: 500ms, retries: 20}
  check:
    image: busybox
    command: "true"
    depends_on: {store: {condition: service_healthy}}
  app:
    image: busybox
    command: sleep 60
    init: true
    depends_on: {check: {condition: service_completed_successfully}}
'@
            $null = Invoke-ComposeUp -Path $project.Path
            $services = Get-ComposeService -Path $project.Path
            ($services | Where-Object Service -EQ store).Health | Should -Be 'Healthy'
            ($services | Where-Object Service -EQ app).Running | Should -Be 1
        }

        It 'says why a failed one-shot stops its dependents, in one error' {
            $project = New-TestProject "services:`n  checker: {image: busybox, command: sh -c 'echo the reason; exit 1'}`n  app: {image: busybox, command: sleep 60, init: true, depends_on: {checker: {condition: service_completed_successfully}}}`n  alone: {image: busybox, command: sleep 60, init: true}`n"
            $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem | Should -HaveCount 1
            "$($problem[0])" | Should -Match "service `"checker`" didn't complete successfully: exit 1"
            $problem[0].TargetObject.Skipped.Target | Should -Contain 'service:app:1'
            (Get-ComposeService -Path $project.Path -Service alone).Running | Should -Be 1
            (Get-ComposeService -Path $project.Path -Service app).Running | Should -Be 0
        }

        It 'refuses a dependency without healthcheck under service_healthy' {
            $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true}`n  b: {image: busybox, depends_on: {a: {condition: service_healthy}}}`n"
            $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
            "$($problem[0])" | Should -Match 'healthcheck'
        }
    }

    Context 'running it again' {
        BeforeEach {
            $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, volumes: [/anonymous]}`n  b: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s}`n"
            $first = Invoke-ComposeUp -Path $project.Path
        }

        It 'changes nothing when nothing changed' {
            (Get-ComposePlan -Path $project.Path).IsEmpty | Should -BeTrue
            (Invoke-ComposeUp -Path $project.Path).Id | Should -Be $first.Id
        }

        It 'recreates what was removed by hand and leaves the others alone' {
            $null = Invoke-Docker rm -f "$($project.Name)-a-1"
            $again = Invoke-ComposeUp -Path $project.Path
            $again[0].Id | Should -Not -Be $first[0].Id
            $again[1].Id | Should -Be $first[1].Id
        }

        It 'recreates what changed, keeps anonymous volumes, and explains it' {
            $before = Invoke-Docker inspect "$($project.Name)-a-1" --format '{{(index .Mounts 0).Name}}'
            (Get-Content -Path $project.Path) -replace 'a: \{image: busybox,', 'a: {image: busybox, hostname: changed,' |
                Set-Content -Path $project.Path
            $plan = Get-ComposePlan -Path $project.Path
            $plan.Operations.Kind | Should -Be 'Recreate'
            $plan.Actions.Changes.Field | Should -Contain 'hostname'
            (Get-ComposeService -Path $project.Path -Service a).Drifted | Should -BeTrue
            $again = Invoke-ComposeUp -Path $project.Path
            $again[0].Id | Should -Not -Be $first[0].Id
            $again[0].Container | Should -Be "$($project.Name)-a-1"
            $again[1].Id | Should -Be $first[1].Id
            Invoke-Docker inspect "$($project.Name)-a-1" --format '{{(index .Mounts 0).Name}}' | Should -Be $before
        }

        It 'does nothing under -WhatIf' {
            (Get-Content -Path $project.Path) -replace 'b: \{image: busybox,', 'b: {image: busybox, hostname: changed,' |
                Set-Content -Path $project.Path
            Invoke-ComposeUp -Path $project.Path -WhatIf | Should -BeNullOrEmpty
            (Get-ComposeContainer -Path $project.Path).Id | Should -Be $first.Id
        }

        It 'warns about orphans, and removes them when asked' {
            Set-Content -Path $project.Path -Value "services:`n  b: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s}`n"
            $null = Invoke-ComposeUp -Path $project.Path -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings" | Should -Match "$($project.Name)-a-1|orphan"
            $null = Invoke-ComposeUp -Path $project.Path -RemoveOrphan
            (Get-ComposeContainer -Path $project.Path -All).Service | Should -Be 'b'
        }

        It 'warns of an optional dependency that fails, without an error' {
            Set-Content -Path $project.Path -Value @"
services:
  a: {image: busybox, command: sleep 60, stop_grace_period: 0s, depends_on: {b: {condition: service_healthy, required: false}}}
  b: {image: busybox, command: sh -c 'exit 1', healthcheck: {test: 'true', interval: 1s}}
"@
            $quietly = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
            $null = Invoke-ComposeUp -Path $project.Path @quietly -ErrorVariable problem
            $? | Should -BeTrue
            $problem | Should -BeNullOrEmpty
            "$warnings" | Should -Match "'b' failed.*exited \(1\)"
            (Get-ComposeContainer -Path $project.Path).Service | Should -Be 'a'
        }

        It 'recreates everything with -ForceRecreate and nothing with -NoRecreate' {
            (Invoke-ComposeUp -Path $project.Path -ForceRecreate).Id | Should -Not -Contain $first[0].Id
        }
    }

    Context 'settings that changed after creation' {
        It 'recreates a network and reconnects, and keeps a volume unless told' {
            $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, volumes: ['keep:/d']}`nnetworks: {default: {labels: {v: '1'}}}`nvolumes: {keep: {labels: {v: '1'}}}`n"
            $null = Invoke-ComposeUp -Path $project.Path
            $null = Invoke-Docker exec "$($project.Name)-a-1" touch /d/kept
            (Get-Content -Path $project.Path) -replace "v: '1'", "v: '2'" | Set-Content -Path $project.Path
            (Get-ComposePlan -Path $project.Path).Questions | Should -HaveCount 1
            $output = Invoke-SharedShell "Invoke-ComposeUp -Path '$($project.Path)'"
            "$output" | Should -Match 'Force'
            Invoke-Docker network inspect "$($project.Name)_default" --format '{{.Labels.v}}' | Should -Be '2'
            Invoke-Docker exec "$($project.Name)-a-1" ls /d | Should -Be 'kept'
            $null = Invoke-ComposeUp -Path $project.Path -Force
            Invoke-Docker volume inspect "$($project.Name)_keep" --format '{{.Labels.v}}' | Should -Be '2'
            Invoke-Docker exec "$($project.Name)-a-1" ls /d | Should -BeNullOrEmpty
        }
    }

    Context 'what goes wrong' {
        It 'names an image that is nowhere' {
            $project = New-TestProject "services:`n  a: {image: not-there-at-all}`n"
            $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem | Should -HaveCount 1
            $problem[0].FullyQualifiedErrorId | Should -Match '^(RegistryUnreachable|ImageNotFound|ImagePullDenied),'
            "$($problem[0])" | Should -Match 'not-there-at-all'
        }

        It 'neither pulls nor builds under -WhatIf' {
            $project = New-TestProject "services:`n  a: {image: not-there-at-all}`n  b: {build: .}`n" -File @{ Dockerfile = 'FROM busybox' }
            Invoke-ComposeUp -Path $project.Path -WhatIf -ErrorAction SilentlyContinue -ErrorVariable problem |
                Should -BeNullOrEmpty
            $problem | Should -BeNullOrEmpty
            Invoke-Docker image ls -q "$($project.Name)-b" | Should -BeNullOrEmpty
        }

        It 'does what can be done without that image, and tells the rest in one error' {
            $project = New-TestProject "services:`n  a: {image: not-there-at-all}`n  b: {image: busybox, command: sleep 60, init: true}`n  c: {image: busybox, command: sleep 60, depends_on: [a]}`n"
            $containers = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
            ($containers | Where-Object -Property State -EQ -Value Running).Service | Should -Be b
            $problem | Should -HaveCount 1
            $problem[0].TargetObject.Failed.Action | Should -Be PullImage
            $problem[0].TargetObject.Skipped.Target | Sort-Object | Should -Be @('service:a:1', 'service:a:1', 'service:c:1')
            "$($problem[0])" | Should -Match '1 failed, 3 skipped'
        }

        It 'tells a port that is taken' {
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Any, 0)
            $listener.Start()
            try {
                $port = $listener.LocalEndpoint.Port
                $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, ports: ['$port`:80']}`n"
                $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
                $problem | Should -HaveCount 1
                $problem[0].FullyQualifiedErrorId | Should -BeLike 'PortInUse,*'
                "$($problem[0])" | Should -Match $port
            }
            finally {
                $listener.Stop()
            }
        }

        It 'names the container that has the port' {
            $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true, ports: ['127.0.0.1::80']}`n"
            $port = (Invoke-ComposeUp -Path $project.Path).Ports[0].HostPort
            Set-Content -Path $project.Path -Value "services:`n  a: {image: busybox, command: sleep 60, init: true, ports: ['127.0.0.1::80']}`n  b: {image: busybox, command: sleep 60, init: true, ports: ['127.0.0.1:$port`:80']}`n"
            $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
            "$($problem[0])" | Should -Match "belongs to container $($project.Name)-a-1 of project $($project.Name)"
        }

        It 'tells an engine that does not run' {
            $project = New-TestProject "services:`n  a: {image: busybox}`n"
            $null = Invoke-ComposeUp -Path $project.Path -EngineHost unix:///tmp/no-engine-here.sock -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem | Should -HaveCount 1
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'EngineNotRunning,*'
            $problem[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        }

        It 'refuses container_name with several replicas, with the place' {
            $project = New-TestProject "services:`n  a:`n    image: busybox`n    container_name: one`n    scale: 2`n"
            $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'ContainerNameScaled,*'
            $problem[0].TargetObject.Line | Should -Be 4
        }

        It 'ends a script with an exit code under ErrorActionPreference Stop' {
            $project = New-TestProject "services:`n  a: {image: not-there-at-all}`n"
            $script = Join-Path -Path $project.Folder -ChildPath task.ps1
            Set-Content -Path $script -Value "`$ErrorActionPreference = 'Stop'; Import-Module $env:COMPOSE_TEST_MODULE; Invoke-ComposeUp -Path $($project.Path)"
            $null = Invoke-NewShell -NoProfile -NonInteractive -File $script 2>&1
            $LASTEXITCODE | Should -Be 1
        }
    }
}
