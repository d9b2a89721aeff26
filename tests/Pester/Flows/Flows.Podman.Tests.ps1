BeforeDiscovery {
    $noPodman = -not ($env:COMPOSE_TEST_PODMAN -and (Test-Path -Path $env:COMPOSE_TEST_PODMAN))
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'The usual cycle on Podman' -Skip:$noPodman {
    BeforeAll {
        $before = $env:DOCKER_HOST
        $env:DOCKER_HOST = "unix://$env:COMPOSE_TEST_PODMAN"
        $project = New-TestProject -File @{ 'app/Dockerfile' = "FROM busybox`nRUN echo built > /made" } -Compose @'
services:
  web:
    image: busybox
    command: sh -c "printf hel; echo lo; exec sleep 600"
    init: true
    stop_grace_period: 0s
    healthcheck: { test: "true", interval: 1h }
    ports: ["80"]
    volumes: [data:/data]
    environment: { LEVEL: "${LEVEL:-1}" }
  beside:
    image: localhost/busybox
    command: sleep 600
    init: true
    stop_grace_period: 0s
    network_mode: service:web
  built:
    build: app
    command: sleep 600
    init: true
    stop_grace_period: 0s
    secrets: [word]
secrets:
  word: { environment: PODMAN_WORD }
volumes:
  data: {}
'@
        $env:PODMAN_WORD = 'secret'
        $null = Invoke-ComposeUp -Path $project.Path
    }

    AfterAll {
        Remove-TestProject $project
        $env:DOCKER_HOST = $before
        $env:PODMAN_WORD = $env:LEVEL = $null
    }

    It 'finds images by their short names, and has nothing left to do after up' {
        (Get-ComposePlan -Path $project.Path).Actions.Count | Should -Be 0
        (Get-ComposeService -Path $project.Path).Drifted | Should -Not -Contain $true
    }

    It 'lists containers as Docker does, with their health' {
        $containers = Get-ComposeContainer -Path $project.Path
        $containers.State | Should -Be @('Running', 'Running', 'Running')
        ($containers | Where-Object -Property Service -EQ web).Health | Should -Be 'Starting'
        ($containers | Where-Object -Property Service -EQ web).Image | Should -Be 'busybox:latest'
        ($containers | Where-Object -Property Service -EQ built).Image | Should -Be "$($project.Name)-built:latest"
        ($containers | Where-Object -Property Service -EQ built).Health | Should -Be 'None'
        Get-ComposePort -Path $project.Path web 80 | Should -Not -BeNullOrEmpty
    }

    It 'reads logs' {
        (Get-ComposeLog -Path $project.Path web).Message | Should -Be 'hello'
        $soon = [DateTime]::UtcNow.AddSeconds(1).ToString('o')
        (Get-ComposeLog -Path $project.Path web -Follow -Until $soon).Message | Should -Be 'hello'
    }

    It 'runs commands and tells how they end' {
        $ended = Invoke-ComposeExec -Path $project.Path built -Command sh, -c, 'cat /made /run/secrets/word; exit 3'
        $ended.ExitCode | Should -Be 3
        $ended.StandardOutput | Should -Be "built`nsecret"
        (Invoke-ComposeExec -Path $project.Path web -Command sh, -c, 'exit 127').ExitCode | Should -Be 127
        { Invoke-ComposeExec -Path $project.Path web nosuch -ErrorAction Stop } | Should -Throw -ErrorId 'CommandNotStarted,*'
        { Invoke-ComposeExec -Path $project.Path web -Detach nosuch -ErrorAction Stop } |
            Should -Throw -ErrorId 'CommandNotStarted,*'
    }

    It 'copies both ways' {
        $file = Join-Path -Path (Split-Path -Path $project.Path) -ChildPath sent.txt
        Set-Content -Path $file -Value 'sent'
        $null = Copy-ComposeItem -ProjectName $project.Name $file web:/tmp/sent.txt
        $null = Copy-ComposeItem -ProjectName $project.Name web:/tmp/sent.txt "$file.back"
        Get-Content -Path "$file.back" | Should -Be 'sent'
    }

    It 'lists processes with their parents' {
        $processes = Get-ComposeProcess -Path $project.Path web
        $sleep = $processes | Where-Object -Property Command -EQ 'sleep 600'
        $processes.ProcessId | Should -Contain $sleep.ParentProcessId
    }

    It 'runs one-offs, and scales up and down' {
        $run = Invoke-ComposeRun -Path $project.Path built -Remove -Command sh, -c, 'echo once; exit 4'
        $run.ExitCode, $run.StandardOutput | Should -Be @(4, 'once')
        $null = Set-ComposeScale -Path $project.Path built 3
        @(Get-ComposeContainer -Path $project.Path -Service built).Count | Should -Be 3
        $null = Set-ComposeScale -Path $project.Path built 1
        @(Get-ComposeContainer -Path $project.Path -Service built).Count | Should -Be 1
    }

    It 'tells every event of the past, each time it is asked' {
        1..5 | ForEach-Object -Process {
            $events = Get-ComposeEvent -Path $project.Path web -Since 10m -Until ([DateTime]::UtcNow.ToString('o'))
            @($events | Where-Object -Property Action -EQ start).Count | Should -Be 1
        }
    }

    It 'recreates a container whose namespaces another one shares' {
        $env:LEVEL = '2'
        $old = (Get-ComposeContainer -Path $project.Path -Service beside).Id
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction Stop
        (Get-ComposeContainer -Path $project.Path -Service beside).Id | Should -Not -Be $old
        (Get-ComposePlan -Path $project.Path).Actions.Count | Should -Be 0
    }

    It 'stops, starts and removes all it made' {
        $null = Stop-ComposeService -Path $project.Path
        (Get-ComposeContainer -Path $project.Path -All).State | Should -Be @('Exited', 'Exited', 'Exited')
        $null = Start-ComposeService -Path $project.Path
        (Get-ComposeContainer -Path $project.Path).State | Should -Be @('Running', 'Running', 'Running')
        $null = Remove-ComposeProject -Path $project.Path -Volume -Image Local -Confirm:$false -ErrorAction Stop
        @(Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue).Count | Should -Be 0
        @(Get-ComposeVolume -ProjectName $project.Name -ErrorAction SilentlyContinue).Count | Should -Be 0
    }
}
