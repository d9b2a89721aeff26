BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Registry.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noGit = $noEngine -or -not (Get-Command -Name git -ErrorAction SilentlyContinue)
    $noRegistry = $noEngine -or -not (Test-Registry)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Registry.psm1 -Force
    Import-TestedModule
}

Describe 'images of a registry and of a repository' -Skip:$noEngine {
    BeforeEach { $project = $null }
    AfterEach { Remove-TestProject $project }

    Context 'with a registry that asks for a login' -Skip:$noRegistry {
        BeforeAll {
            $registry = Start-TestRegistry
            $redis, $base = 'redis', 'base' | ForEach-Object { "$($registry.Host)/team/$($_):7" }
            $seed = New-TestProject "services:`n  redis:`n    image: $redis`n    build: {dockerfile_inline: `"FROM busybox\nRUN echo redis > /made\n`"}`n  base:`n    image: $base`n    build: {dockerfile_inline: `"FROM busybox\nRUN echo base > /made\n`"}`n"
            $null = Invoke-ComposeBuild -Path $seed.Path -Push -RegistryCredential $registry.Credential
        }

        BeforeEach { & docker image rm -f $redis $base 2>&1 | Out-Null }

        AfterAll {
            & docker image rm -f $redis $base 2>&1 | Out-Null
            Remove-TestProject $seed
            Stop-TestRegistry $registry
        }

        It 'flow 1 and 27: builds web, pulls redis where it is absent, starts it first, and down leaves nothing' {
            $project = New-TestProject "services:`n  web: {build: ., command: sleep 60, init: true, stop_grace_period: 1s, depends_on: [redis]}`n  redis: {image: $redis, command: sleep 60, init: true, stop_grace_period: 1s}`n" -File @{ Dockerfile = "FROM $base`nRUN test `"`$(cat /made)`" = base`n" }
            $containers = Invoke-ComposeUp -Path $project.Path -RegistryCredential $registry.Credential
            $containers.State | Should -Be @('Running', 'Running')
            Invoke-Docker exec "$($project.Name)-redis-1" cat /made | Should -Be 'redis'
            $web, $first = 'web-1', 'redis-1' | ForEach-Object { [datetime](Get-Inspected $project $_).State.StartedAt }
            $first | Should -BeLessThan $web
            Stop-ComposeService -Path $project.Path
            Wait-State -Project $project -State Exited | Should -Be @('Exited', 'Exited')
            (Invoke-ComposeUp -Path $project.Path).Id | Should -Be $containers.Id

            Remove-ComposeProject -Path $project.Path -Image All -Volume -Confirm:$false
            foreach ($kind in 'container', 'network', 'volume') {
                Invoke-Docker $kind ls -q @($(if ($kind -eq 'container') { '-a' })) --filter "label=com.docker.compose.project=$($project.Name)" | Should -BeNullOrEmpty
            }

            Invoke-Docker images -q "$($project.Name)-web" | Should -BeNullOrEmpty
            Invoke-Docker images -q $redis | Should -BeNullOrEmpty
        }

        It 'flow 1: says whose login a pull wants, and starts nothing' {
            $project = New-TestProject "services: {redis: {image: $redis}}"
            $null = Invoke-ComposeUp -Path $project.Path -RegistryCredential $registry.Wrong -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem | Should -HaveCount 1
            "$($problem[0])" | Should -Match ([regex]::Escape($redis))
            Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }
    }

    It 'flow 3: builds a context that is a folder of a git repository' -Skip:$noGit {
        $project = New-TestProject 'services: {}' -File @{ 'served/app/web/Dockerfile' = "FROM busybox`nCOPY page /page`n";
            'served/app/web/page' = 'from git' }
        $repository = Join-Path -Path $project.Folder -ChildPath served/app
        git init -q -b main $repository
        git -C $repository add .
        git -C $repository -c user.name=a -c user.email=a@example.org commit -q -m first
        $port = Get-Random -Minimum 40000 -Maximum 49000
        $served = Join-Path -Path $project.Folder -ChildPath served
        $daemon = Start-Process -FilePath git -ArgumentList daemon, --export-all, --reuseaddr, --listen=127.0.0.1, "--port=$port",
            "--base-path=$served", $served -PassThru
        try {
            Start-Sleep -Milliseconds 700
            Set-Content -Path $project.Path -Value "services: {web: {init: true, command: sleep 60, build: 'git://127.0.0.1:$port/app/.git#main:web'}}"
            (Invoke-ComposeUp -Path $project.Path).State | Should -Be 'Running'
            Invoke-Docker exec "$($project.Name)-web-1" cat /page | Should -Be 'from git'
        }
        finally {
            # git ends with the program it started.
            Get-Process | Where-Object { $_.Parent.Id -eq $daemon.Id } | Stop-Process
            Stop-Process -Id $daemon.Id -ErrorAction SilentlyContinue
        }
    }
}
