BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'starting, settings and health' -Skip:$noEngine {
    BeforeEach { $project = $null }
    AfterEach { Remove-TestProject $project }

    It 'flow 7: waits for each condition, and removes in reverse order' {
        $project = New-TestProject @'
services:
  app: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, depends_on: {store: {condition: service_healthy}, check: {condition: service_completed_successfully}, absent: {condition: service_started, required: false}}}
  store: {image: busybox, command: sh -c 'sleep 1; touch /ready; sleep 60', init: true, stop_grace_period: 1s, healthcheck: {test: test -f /ready, interval: 300ms, retries: 20}}
  check: {image: busybox, command: "true"}
  absent: {image: busybox, command: sleep 60, profiles: [never]}
'@
        $null = Invoke-ComposeUp -Path $project.Path
        (Get-ComposeService -Path $project.Path -Service store).Health | Should -Be 'Healthy'
        $since = (Get-Date).ToUniversalTime().AddSeconds(-1).ToString('o')
        Remove-ComposeProject -Path $project.Path
        $until = (Get-Date).ToUniversalTime().AddSeconds(1).ToString('o')
        $died = Invoke-Docker events --since $since --until $until --filter event=die --filter "label=com.docker.compose.project=$($project.Name)" --format '{{index .Actor.Attributes "com.docker.compose.service"}}'
        $died | Should -Be @('app', 'store')
    }

    It 'flow 7: restarts a dependent with restart: true when its dependency is recreated' {
        $project = New-TestProject "services:`n  app: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, depends_on: {store: {condition: service_started, restart: true}}}`n  store: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s}`n"
        $first = Invoke-ComposeUp -Path $project.Path
        $started = (Get-Inspected $project app-1).State.StartedAt
        (Get-Content -Path $project.Path) -replace 'store: \{image: busybox,', 'store: {image: busybox, hostname: changed,' |
            Set-Content -Path $project.Path
        $again = Invoke-ComposeUp -Path $project.Path
        ($again | Where-Object Service -EQ app).Id | Should -Be ($first | Where-Object Service -EQ app).Id
        (Get-Inspected $project app-1).State.StartedAt | Should -Not -Be $started
    }

    It 'flow 7: says which one-shot failed, and starts nothing that hangs on it' {
        $project = New-TestProject "services:`n  checker: {image: busybox, command: 'false'}`n  app: {image: busybox, command: sleep 60, depends_on: {checker: {condition: service_completed_successfully}}}`n"
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        "$($problem[0])" | Should -Match "service `"checker`" didn't complete successfully: exit 1"
        (Get-Inspected $project app-1).State.Status | Should -Be 'created'
    }

    It 'flow 7: refuses to wait for the health of what has no healthcheck' {
        $project = New-TestProject "services:`n  store: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s}`n  app: {image: busybox, command: sleep 60, depends_on: {store: {condition: service_healthy}}}`n"
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -HaveCount 1
        "$($problem[0])" | Should -Match 'store.*healthcheck'
        Get-ComposeContainer -ProjectName $project.Name -Service app -ErrorAction SilentlyContinue |
            Where-Object State -EQ Running | Should -BeNullOrEmpty
    }

    It 'flow 8: gives environment over env_file over the project, quotes and bare names included' {
        $env:PESTER_FLOW_BARE = 'passed through'
        try {
            $project = New-TestProject @'
services:
  map: {image: busybox, command: sleep 60, init: true, env_file: [one.env, two.env], environment: {WINS: from environment, PESTER_FLOW_BARE: , PESTER_FLOW_ABSENT: }}
  list: {image: busybox, command: sleep 60, init: true, env_file: one.env, environment: ["WINS=a=b", PESTER_FLOW_BARE]}
'@ -File @{ 'one.env' = "WINS=one`nFILE=one`nSINGLE='lit`$eral'`nDOUBLE=`"two`\nlines`"`nexport SHOWN=yes # comment`n"; 'two.env' = "FILE=two`nBASED=`${FILE}-and-more`n" }
            $null = Invoke-ComposeUp -Path $project.Path
            $map = (Get-Inspected $project map-1).Config.Env
            foreach ($line in 'WINS=from environment', 'FILE=two', 'BASED=two-and-more', 'SINGLE=lit$eral', "DOUBLE=two`nlines",
                'SHOWN=yes', 'PESTER_FLOW_BARE=passed through') {
                $map | Should -Contain $line
            }

            $map -match '^PESTER_FLOW_ABSENT=' | Should -BeNullOrEmpty
            (Get-Inspected $project list-1).Config.Env | Should -Contain 'WINS=a=b'
        }
        finally {
            Remove-Item -Path Env:PESTER_FLOW_BARE
        }
    }

    It 'flow 9: refuses container_name with several replicas, with its place' {
        $project = New-TestProject "services:`n  a:`n    image: busybox`n    container_name: one`n    deploy: {replicas: 2}`n"
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ContainerNameScaled,*'
        "$($problem[0])" | Should -Match 'compose\.yaml:\d+:\d+'
        (Get-Content -Path $project.Path) -notmatch 'replicas' | Set-Content -Path $project.Path
        $null = Invoke-ComposeUp -Path $project.Path -Scale @{ a = 2 } -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ContainerNameScaled,*'
        "$($problem[0])" | Should -Match 'compose\.yaml:2:3'
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'flow 10: puts labels and restart policies on the container' {
        $project = New-TestProject @'
services:
  list: {image: busybox, command: sleep 60, init: true, labels: ["a=1", bare], restart: "no"}
  map: {image: busybox, command: sleep 60, init: true, labels: {a: 2, dotted.name: "x=y"}, restart: always}
  counted: {image: busybox, command: sleep 60, init: true, restart: "on-failure:3"}
  unless: {image: busybox, command: sleep 60, init: true, restart: unless-stopped}
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $inspects = 'list', 'map', 'counted', 'unless' | ForEach-Object { Get-Inspected $project "$_-1" }
        $inspects.HostConfig.RestartPolicy.Name | Should -Be @('no', 'always', 'on-failure', 'unless-stopped')
        $inspects[2].HostConfig.RestartPolicy.MaximumRetryCount | Should -Be 3
        $inspects[0].Config.Labels.a | Should -Be '1'
        $inspects[0].Config.Labels.bare | Should -Be ''
        $inspects[1].Config.Labels.'dotted.name' | Should -Be 'x=y'
    }

    It 'flow 20: applies what an engine can of deploy, and warns of the rest at its place' {
        $project = New-TestProject @'
services:
  a:
    image: busybox
    command: sleep 60
    init: true
    deploy:
      mode: global
      replicas: 2
      resources: {limits: {cpus: "0.5", memory: 64m}, reservations: {memory: 32m}}
      restart_policy: {condition: on-failure, max_attempts: 3, window: 10s}
      placement: {constraints: [node.role == manager]}
      update_config: {parallelism: 2}
      rollback_config: {parallelism: 1}
      endpoint_mode: dnsrr
'@
        $containers = Invoke-ComposeUp -Path $project.Path -WarningVariable warnings -WarningAction SilentlyContinue
        $containers | Should -HaveCount 2
        $host1 = (Get-Inspected $project a-1).HostConfig
        $host1.NanoCpus | Should -Be 500000000
        $host1.Memory | Should -Be 64MB
        $host1.MemoryReservation | Should -Be 32MB
        $host1.RestartPolicy.Name | Should -Be 'on-failure'
        foreach ($place in "'mode'.*|compose\.yaml:7:7", "'placement'", "'update_config'", "'rollback_config'", "'endpoint_mode'",
            "'window'") {
            "$warnings" | Should -Match $place
        }

        "$warnings" | Should -Match 'compose\.yaml:7:7'
    }

    It 'flow 21: probes health as said, and tells it' {
        $project = New-TestProject @'
services:
  list: {image: busybox, command: sleep 60, init: true, healthcheck: {test: [CMD, "true"], interval: 500ms, timeout: 2s, retries: 4, start_period: 1s}}
  text: {image: busybox, command: sleep 60, init: true, healthcheck: {test: exit 1, interval: 200ms, retries: 1}}
  none: {image: busybox, command: sleep 60, init: true, healthcheck: {disable: true}}
  said: {image: busybox, command: sleep 60, init: true, healthcheck: {test: [NONE]}}
  shell: {image: busybox, command: sleep 60, init: true, healthcheck: {test: [CMD-SHELL, "true | cat"], interval: 1m30s}}
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $check = (Get-Inspected $project list-1).Config.Healthcheck
        $check.Test | Should -Be @('CMD', 'true')
        $check.Interval, $check.Timeout, $check.Retries, $check.StartPeriod | Should -Be @(500000000, 2000000000, 4, 1000000000)
        (Get-Inspected $project text-1).Config.Healthcheck.Test | Should -Be @('CMD-SHELL', 'exit 1')
        (Get-Inspected $project none-1).Config.Healthcheck.Test | Should -Be 'NONE'
        (Get-Inspected $project said-1).Config.Healthcheck.Test | Should -Be 'NONE'
        (Get-Inspected $project shell-1).Config.Healthcheck.Test | Should -Be @('CMD-SHELL', 'true | cat')
        (Get-Inspected $project shell-1).Config.Healthcheck.Interval | Should -Be 90000000000
        foreach ($attempt in 1..50) {
            $services = Get-ComposeService -Path $project.Path
            if (($services | Where-Object Service -EQ text).Health -eq 'Unhealthy' -and
                ($services | Where-Object Service -EQ list).Health -eq 'Healthy') { break }
            Start-Sleep -Milliseconds 100
        }

        ($services | Where-Object Service -EQ list).Health | Should -Be 'Healthy'
        ($services | Where-Object Service -EQ text).Health | Should -Be 'Unhealthy'
        ($services | Where-Object Service -EQ none).Health | Should -Be 'None'
    }

    It 'flow 21: gives start_interval to an engine that has it, and refuses it at its place for one that has not' {
        $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true, healthcheck: {test: 'true', start_period: 10s, start_interval: 200ms}}`n"
        $container = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        if ([version](Invoke-Docker version -f '{{.Server.APIVersion}}') -ge '1.44') {
            $container.State | Should -Be 'Running'
            (Get-Inspected $project a-1).Config.Healthcheck.StartInterval | Should -Be 200000000
        } else {
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'EngineLacksFeature,*'
            "$($problem[0])" | Should -Match 'compose\.yaml:2:3'
        }
    }
}
