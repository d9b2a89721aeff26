BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noPeer = -not $env:COMPOSE_PEER
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'the life of a project' -Skip:$noEngine {
    BeforeEach { $project = $null }
    AfterEach { Remove-TestProject $project }

    It 'flow 15 and 16: scales to three under one name, and replaces what was removed by hand alone' {
        $project = New-TestProject "services:`n  iotd: {image: busybox, command: sh -c 'echo one; echo two; sleep 60', init: true, stop_grace_period: 1s}`n  client: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s}`n"
        $null = Invoke-ComposeUp -Path $project.Path
        Set-ComposeScale -Path $project.Path -Service iotd -Replicas 3
        $replicas = Get-ComposeContainer -Path $project.Path -Service iotd
        $replicas.Replica | Should -Be @(1, 2, 3)
        $addresses = (Invoke-Docker exec "$($project.Name)-client-1" nslookup iotd) -match '^Address.*\d+\.\d+\.\d+\.\d+$' -notmatch '127\.0\.0\.11'
        $addresses | Should -HaveCount 3
        (Get-ComposeLog -Path $project.Path -Service iotd -Tail 1).Message | Should -Be @('two', 'two', 'two')

        $null = Invoke-Docker rm -f "$($project.Name)-iotd-2"
        $again = Invoke-ComposeUp -Path $project.Path -Scale @{ iotd = 3 } | Where-Object Service -EQ iotd
        $again.Replica | Should -Be @(1, 3, 4)
        @($again | Where-Object Id -In $replicas.Id).Replica | Should -Be @(1, 3)
    }

    It 'flow 17: stops and starts the same containers, and returns to the file after down' {
        $project = New-TestProject "services:`n  a: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s}`n"
        $first = Invoke-ComposeUp -Path $project.Path -Scale @{ a = 2 }
        $null = Invoke-Docker exec "$($project.Name)-a-1" touch /mark
        Stop-ComposeService -Path $project.Path -Timeout 0
        Wait-State -Project $project -State Exited | Should -Be @('Exited', 'Exited')
        Start-ComposeService -Path $project.Path
        (Get-ComposeContainer -Path $project.Path).Id | Should -Be $first.Id
        Invoke-Docker exec "$($project.Name)-a-1" ls /mark | Should -Be '/mark'
        Remove-ComposeProject -Path $project.Path
        Invoke-ComposeUp -Path $project.Path | Should -HaveCount 1
    }

    It 'flow 22: leaves profiled services out until enabled or named' {
        $project = New-TestProject "services:`n  web: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s}`n  debug: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, profiles: [debug]}`n"
        (Invoke-ComposeUp -Path $project.Path).Service | Should -Be 'web'
        (Invoke-ComposeUp -Path $project.Path -Service debug).Service | Should -Contain 'debug'
        Remove-ComposeProject -Path $project.Path -Profile debug -Timeout 0
        (Invoke-ComposeUp -Path $project.Path -Profile debug).Service | Should -Be @('debug', 'web')
        $null = Invoke-ComposeUp -Path $project.Path -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Not -Match 'orphan'
        Remove-ComposeProject -Path $project.Path -Timeout 0 -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match "not enabled stay: $($project.Name)-debug-1"
        (Get-ComposeContainer -ProjectName $project.Name).Service | Should -Be 'debug'
    }

    It 'flow 23: merges include, extends, several files and the override' {
        $project = New-TestProject @'
include: [sub/part.yaml, {path: [other/base.yaml, other/more.yaml], project_directory: other}]
services:
  web: {extends: {file: common.yaml, service: base}, environment: {OWN: "1"}}
  local: {extends: web, command: sleep 61}
'@ -File @{
            'common.yaml'           = "services:`n  base: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, environment: {OWN: base, SHARED: yes}}`n"
            'sub/part.yaml'         = "services:`n  part: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, env_file: part.env}`n"
            'sub/part.env'          = 'FROM=sub'
            'other/base.yaml'       = "services:`n  other: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s}`n"
            'other/more.yaml'       = "services:`n  other: {labels: {more: 'yes'}}`n"
            'compose.override.yaml' = "services:`n  web: {labels: {overridden: 'yes'}}`n"
        }
        (Invoke-ComposeUp -Path $project.Path, (Join-Path -Path $project.Folder -ChildPath compose.override.yaml)).Service |
            Should -Be @('local', 'other', 'part', 'web')
        $web = (Get-Inspected $project web-1).Config
        $web.Env | Should -Contain 'OWN=1'
        $web.Env | Should -Contain 'SHARED=yes'
        $web.Labels.overridden | Should -Be 'yes'
        (Get-Inspected $project part-1).Config.Env | Should -Contain 'FROM=sub'
        (Get-Inspected $project other-1).Config.Labels.more | Should -Be 'yes'
        (Get-Inspected $project local-1).Config.Cmd | Should -Be @('sleep', '61')
    }

    It 'flow 24: finds its file upwards, in docker composes order, with .env and the environment' {
        $project = New-TestProject "services:`n  web: {image: busybox, command: `"`${COMMAND}`", init: true, stop_grace_period: 1s}`n" -File @{ 'docker-compose.yml' = 'services: {wrong: {image: busybox}}'; '.env' = 'COMMAND=sleep 62'; 'deep/er/x' = '' }
        Push-Location -Path (Join-Path -Path $project.Folder -ChildPath deep/er)
        try {
            $container = Invoke-ComposeUp -WarningAction SilentlyContinue
            $container.Container | Should -Be "$($project.Name)-web-1"
            (Get-Inspected $project web-1).Config.Cmd | Should -Be @('sleep', '62')
            $env:COMPOSE_PROJECT_NAME = "$($project.Name)other"
            (Get-ComposeConfig -WarningAction SilentlyContinue).Name | Should -Be "$($project.Name)other"
            $env:COMPOSE_FILE = Join-Path -Path $project.Folder -ChildPath docker-compose.yml
            (Get-ComposeConfig).Services.Keys | Should -Be 'wrong'
        }
        finally {
            Pop-Location
            Remove-Item -Path Env:COMPOSE_PROJECT_NAME, Env:COMPOSE_FILE -ErrorAction SilentlyContinue
        }
    }

    It 'flow 24: prefers <First> to <Then>' -TestCases @(
        @{ First = 'compose.yaml'; Then = 'compose.yml' }
        @{ First = 'compose.yml'; Then = 'docker-compose.yml' }
        @{ First = 'docker-compose.yml'; Then = 'docker-compose.yaml' }
    ) {
        $project = New-TestProject 'services: {}' -File @{ $First = 'services: {first: {image: busybox}}';
            $Then = 'services: {then: {image: busybox}}' }
        if ($First -ne 'compose.yaml') { Remove-Item -LiteralPath $project.Path }
        (Get-ComposeConfig -ProjectDirectory $project.Folder -Path (Join-Path -Path $project.Folder -ChildPath $First)).Services.Keys | Should -Be 'first'
        Push-Location -Path $project.Folder
        try {
            (Get-ComposeConfig -WarningAction SilentlyContinue).Services.Keys | Should -Be 'first'
        }
        finally {
            Pop-Location
        }
    }

    It 'flow 24: enables what COMPOSE_PROFILES names, and merges the override it finds' {
        $project = New-TestProject "services:`n  web: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s}`n  debug: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, profiles: [debug]}`n" -File @{ '.env' = 'COMPOSE_PROFILES=debug'; 'compose.override.yaml' = "services:`n  web: {labels: {overridden: 'yes'}}`n" }
        Push-Location -Path $project.Folder
        try {
            (Invoke-ComposeUp).Service | Should -Be @('debug', 'web')
        }
        finally {
            Pop-Location
        }

        (Get-Inspected $project web-1).Config.Labels.overridden | Should -Be 'yes'
    }

    It 'flow 27: removes exactly what is asked for' {
        $project = New-TestProject "services:`n  a: {build: {dockerfile_inline: 'FROM busybox'}, command: sleep 60, init: true, stop_grace_period: 1s, volumes: ['data:/d']}`n  old: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s}`nvolumes: {data: }`n"
        $null = Invoke-ComposeUp -Path $project.Path
        (Get-Content -Path $project.Path) -notmatch '^  old' | Set-Content -Path $project.Path
        Remove-ComposeProject -Path $project.Path -WarningAction SilentlyContinue
        (Get-ComposeContainer -ProjectName $project.Name -All).Service | Should -Be 'old'
        Invoke-Docker images -q "$($project.Name)-a" | Should -Not -BeNullOrEmpty
        Remove-ComposeProject -Path $project.Path -RemoveOrphan -Image Local
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Invoke-Docker images -q "$($project.Name)-a" | Should -BeNullOrEmpty
        Invoke-Docker images -q busybox | Should -Not -BeNullOrEmpty
        Invoke-Docker volume ls -q | Should -Contain "$($project.Name)_data"
        $null = Invoke-ComposeUp -Path $project.Path
        Remove-ComposeProject -ProjectName $project.Name -Volume -RemoveOrphan -Confirm:$false
        Invoke-Docker volume ls -q | Should -Not -Contain "$($project.Name)_data"
        Invoke-Docker network ls --format '{{.Name}}' | Should -Not -Contain "$($project.Name)_default"
    }

    It 'flow 30: refuses what is no version of docker compose with <Name>, and creates nothing' -TestCases @(
        @{ Name = 'Invoke-ComposeUp'; Action = { Invoke-ComposeUp -Path $project.Path -ComposeVersion newest -ErrorAction Stop } }
        @{ Name = 'Invoke-ComposeRun'; Action = { Invoke-ComposeRun -Path $project.Path a -ComposeVersion newest -ErrorAction Stop } }
        @{ Name = 'Set-ComposeScale'; Action = { Set-ComposeScale -Path $project.Path a 1 -ComposeVersion newest -ErrorAction Stop } }
        @{ Name = 'Watch-ComposeProject'; Action = { Watch-ComposeProject -Path $project.Path -ComposeVersion newest -ErrorAction Stop } }
    ) {
        $project = New-TestProject @'
services:
  a: {image: busybox, command: sleep 60, init: true, develop: {watch: [{path: ., action: restart}]}}
'@
        { & $Action } | Should -Throw -ErrorId 'InvalidComposeVersion,*'
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'flow 30: shares a project with docker compose, either way round' -Skip:$noPeer {
        $project = New-TestProject @'
services:
  web: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, depends_on: {db: {condition: service_healthy}}, environment: {A: "1"}, ports: ["80"], networks: [front, default], secrets: [word]}
  db: {image: busybox, command: sleep 60, init: true, stop_grace_period: 1s, volumes: ["data:/d", /anonymous], healthcheck: {test: [CMD, "true"], interval: 300ms}}
networks: {front: }
volumes: {data: }
secrets: {word: {file: ./word.txt}}
'@ -File @{ 'word.txt' = 'word' }
        $null = Invoke-Peer $project up -d
        $theirs = Get-ComposeContainer -ProjectName $project.Name
        $theirs.Container | Should -Be @("$($project.Name)-db-1", "$($project.Name)-web-1")
        (Get-ComposePlan -Path $project.Path).IsEmpty | Should -BeTrue
        (Invoke-ComposeUp -Path $project.Path).Id | Should -Be $theirs.Id
        Set-ComposeScale -Path $project.Path -Service web -Replicas 2
        (Invoke-Peer $project ps -q) | Should -HaveCount 3
        $null = Invoke-Peer $project down -v
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty

        $null = Invoke-ComposeUp -Path $project.Path
        Invoke-Peer $project ls | Out-String | Should -Match $project.Name
        Invoke-Peer $project ps --services | Should -Be @('db', 'web')
        Invoke-Peer $project logs web | Out-Null
        $null = Invoke-Peer $project down -v
        Invoke-Docker network ls --format '{{.Name}}' | Should -Not -Contain "$($project.Name)_front"

        $ours = Invoke-ComposeUp -Path $project.Path -ComposeVersion (& $env:COMPOSE_PEER version --short)
        $null = Invoke-Peer $project up -d
        (Get-ComposeContainer -ProjectName $project.Name).Id | Should -Be $ours.Id
    }
}
