BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

# The flows of a working life with compose, numbered; each file of flows has one theme.
Describe 'building and running' -Skip:$noEngine {
    BeforeEach { $project = $null }
    AfterEach { Remove-TestProject $project }

    It 'flow 1: builds web, starts redis before it, stops, starts and leaves nothing' {
        $project = New-TestProject "services:`n  web: {build: ., command: sleep 60, init: true, depends_on: [redis]}`n  redis: {image: busybox, command: sleep 60, init: true}`n" -File @{ Dockerfile = "FROM busybox`n" }
        (Invoke-ComposeUp -Path $project.Path).Service | Should -Be @('redis', 'web')
        Invoke-Docker network ls --format '{{.Name}}' --filter "name=$($project.Name)" | Should -Be "$($project.Name)_default"
        Stop-ComposeService -Path $project.Path -Timeout 0
        Remove-ComposeProject -Path $project.Path -Image Local -Volume -Force
        foreach ($kind in 'container', 'network', 'volume') {
            Invoke-Docker $kind ls -q @($(if ($kind -eq 'container') { '-a' })) --filter "label=com.docker.compose.project=$($project.Name)" | Should -BeNullOrEmpty
        }

        Invoke-Docker images -q "$($project.Name)-web" | Should -BeNullOrEmpty
    }

    It 'flow 3: takes a context, a dockerfile of another name and arguments, and honours .dockerignore' {
        $project = New-TestProject @'
services:
  web:
    build: {context: ./app, dockerfile: web.Dockerfile, args: {GREETING: hello, FROM_ENVIRONMENT: }, labels: {built: here}}
    command: sleep 60
    init: true
'@ -File @{ 'app/web.Dockerfile' = "FROM busybox`nARG GREETING`nRUN echo `$GREETING > /greeting`nCOPY . /src`n"; 'app/kept.txt' = 'kept'; 'app/secret.txt' = 'left out'; 'app/.dockerignore' = "*.txt`n!kept.txt`n" }
        $null = Invoke-ComposeUp -Path $project.Path
        Invoke-Docker exec "$($project.Name)-web-1" cat /greeting | Should -Be 'hello'
        Invoke-Docker exec "$($project.Name)-web-1" ls /src | Should -Contain 'kept.txt'
        Invoke-Docker exec "$($project.Name)-web-1" ls /src | Should -Not -Contain 'secret.txt'
        $inspect = Get-Inspected $project web-1
        $inspect.Config.Env -match 'GREETING' | Should -BeNullOrEmpty
        $inspect.Config.Labels.built | Should -Be 'here'
    }

    It 'flow 3: takes an inline dockerfile and a target' {
        $project = New-TestProject "services:`n  web:`n    build:`n      dockerfile_inline: |`n        FROM busybox AS wanted`n        RUN echo wanted > /stage`n        FROM busybox`n        RUN false`n      target: wanted`n    command: sleep 60`n    init: true`n"
        $null = Invoke-ComposeUp -Path $project.Path
        Invoke-Docker exec "$($project.Name)-web-1" cat /stage | Should -Be 'wanted'
    }

    It 'flow 4: splits a string like a shell, takes a list as it is, and clears what the image says' {
        $project = New-TestProject @'
services:
  image:
    build: {dockerfile_inline: "FROM busybox\nENTRYPOINT [\"echo\"]\nCMD [\"from\", \"the image\"]\n"}
    image: pester-flow4
    command: [said, "in one word"]
  text: {image: busybox, command: sh -c 'echo "two  spaces"; sleep 60', init: true}
  list: {image: busybox, command: [sleep, "60"], entrypoint: [env, "A B=c"]}
  worded: {image: busybox, entrypoint: "sh -c 'echo $$0 \"$$1\"' first", command: "'the second' third"}
  cleared: {image: pester-flow4, entrypoint: [], command: [sleep, "60"], depends_on: [image], init: true}
'@
        $null = Invoke-ComposeUp -Path $project.Path
        (Get-Inspected $project text-1).Config.Cmd | Should -Be @('sh', '-c', 'echo "two  spaces"; sleep 60')
        (Get-ComposeLog -Path $project.Path -Service text).Message | Should -Be 'two  spaces'
        (Get-Inspected $project list-1).Config.Entrypoint | Should -Be @('env', 'A B=c')
        (Get-Inspected $project worded-1).Config.Entrypoint | Should -Be @('sh', '-c', 'echo $0 "$1"', 'first')
        (Get-Inspected $project worded-1).Config.Cmd | Should -Be @('the second', 'third')
        (Get-ComposeLog -Path $project.Path -Service worded).Message | Should -Be 'first the second'
        (Get-Inspected $project cleared-1).Config.Entrypoint | Should -BeNullOrEmpty
        (Get-Inspected $project cleared-1).Path | Should -Be 'sleep'
        (Get-ComposeLog -Path $project.Path -Service image).Message | Should -Be 'said in one word'
    }

    It 'flow 28: accepts version with one warning' {
        $project = New-TestProject "version: '3.8'`nservices:`n  web: {image: busybox, command: sleep 60, init: true}`n"
        $container = Invoke-ComposeUp -Path $project.Path -WarningVariable warnings -WarningAction SilentlyContinue
        $container.State | Should -Be 'Running'
        @($warnings -match 'version') | Should -HaveCount 1
        "$warnings" | Should -Match 'compose\.yaml:1:1'
    }
}
