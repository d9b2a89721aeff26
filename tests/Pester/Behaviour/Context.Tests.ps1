BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noSocket = -not (Test-Engine) -or -not ($IsLinux -or $IsMacOS)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

# Two contexts with sockets of their own; the second is a link to the engine's, so that one engine is enough.
Describe 'docker contexts' -Skip:$noSocket {
    BeforeAll {
        $project = New-TestProject @'
services:
  web:
    image: busybox
    command: sh -c 'echo started; sleep 600'
    init: true
    stop_grace_period: 1s
    ports: ["127.0.0.1::80"]
    volumes: ["data:/data"]
volumes:
  data:
'@
        $saved = @{ DOCKER_CONFIG = $env:DOCKER_CONFIG; DOCKER_CONTEXT = $env:DOCKER_CONTEXT; DOCKER_HOST = $env:DOCKER_HOST }
        $engine = @(Invoke-ComposeUp -Path $project.Path)[0].EngineHost
        $second = Join-Path -Path $project.Folder -ChildPath two.sock
        $null = New-Item -ItemType SymbolicLink -Path $second -Target $engine.Substring('unix://'.Length)
        $env:DOCKER_CONFIG = Join-Path -Path $project.Folder -ChildPath config
        foreach ($context in @{ Name = 'one'; Host = $engine }, @{ Name = 'two'; Host = "unix://$second" },
            @{ Name = 'far away'; Host = 'unix:///nowhere.sock' }) {
            $digest = -join ([Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($context.Name)) |
                ForEach-Object ToString x2)
            $meta = New-Item -ItemType Directory -Force -Path (Join-Path -Path $env:DOCKER_CONFIG -ChildPath "contexts/meta/$digest")
            @{ Name = $context.Name; Endpoints = @{ docker = @{ Host = $context.Host; SkipTLSVerify = $false } } } |
                ConvertTo-Json -Depth 5 | Set-Content -Path (Join-Path -Path $meta -ChildPath meta.json)
        }

        Remove-Item -Path env:DOCKER_HOST -ErrorAction SilentlyContinue
    }

    AfterAll {
        foreach ($name in $saved.Keys) {
            [Environment]::SetEnvironmentVariable($name, $saved[$name])
        }

        Remove-TestProject $project
    }

    It 'reads several engines in the order named, each object with its own' {
        (Get-ComposeContainer -ProjectName $project.Name -Context two, one).EngineHost | Should -Be "unix://$second", $engine
        (Get-ComposeService -Path $project.Path -Context one, two).EngineHost | Should -Be $engine, "unix://$second"
        (Get-ComposePlan -Path $project.Path -Context one, two).EngineHost | Should -Be $engine, "unix://$second"
        (Get-ComposePlan -Path $project.Path -Down -Context one, two).Count | Should -Be 2
        (Get-ComposeVersion -Context one, two).EngineHost | Should -Be $engine, "unix://$second"
        (Get-ComposeProject -ProjectName $project.Name -Context one, two).EngineHost | Should -Be $engine, "unix://$second"
    }

    It 'is not named beside an endpoint, unless an object brings that along; an endpoint of nothing is none' {
        { Get-ComposeContainer -ProjectName $project.Name -Context one -EngineHost "unix://$second" } |
            Should -Throw -ErrorId 'ContextAndEngineHost,*'
        (Get-ComposeContainer -ProjectName $project.Name -Context two | Get-ComposeContainer -Context one).EngineHost |
            Should -Be "unix://$second"
        (Get-ComposeContainer -ProjectName $project.Name -Context two -EngineHost '').EngineHost | Should -Be "unix://$second"
    }

    It 'reads several engines: <Line>' -ForEach @(
        # Every cmdlet that reads from an engine; a new one without its line here is told by the last.
        @{ Line = 'Get-ComposeContainer -ProjectName {0}' }
        @{ Line = 'Get-ComposeEvent -ProjectName {0} -Since 10m -Until (Get-Date)' }
        @{ Line = 'Get-ComposeImage -ProjectName {0}' }
        @{ Line = 'Get-ComposeLog -ProjectName {0}' }
        @{ Line = 'Get-ComposeNetwork -ProjectName {0}' }
        @{ Line = 'Get-ComposePlan -Path {1}' }
        @{ Line = 'Get-ComposePort -ProjectName {0}' }
        @{ Line = 'Get-ComposeProcess -ProjectName {0}' }
        @{ Line = 'Get-ComposeProject -ProjectName {0}' }
        @{ Line = 'Get-ComposeService -ProjectName {0}' }
        @{ Line = 'Get-ComposeStats -ProjectName {0}' }
        @{ Line = 'Get-ComposeVersion' }
        @{ Line = 'Get-ComposeVolume -ProjectName {0}' }
    ) {
        $found = & ([scriptblock]::Create(($Line -f $project.Name, $project.Path) + ' -Context one, two -ErrorAction Stop'))
        $found.EngineHost | Sort-Object -Unique | Should -Be (@($engine, "unix://$second") | Sort-Object)
    }

    It 'asks several engines for a swarm: <Line>' -ForEach @(
        # The engine here is none, and each says so.
        @{ Line = 'Get-ComposeNode' }
        @{ Line = 'Get-ComposeStack' }
        @{ Line = 'Get-ComposeTask -Stack none' }
    ) {
        . ([scriptblock]::Create("$Line -Context one, two -ErrorAction SilentlyContinue -ErrorVariable problem"))
        $problem.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } | Should -Be NotASwarmManager, NotASwarmManager
    }

    It 'has a line here for every cmdlet that reads from an engine' {
        $lines = [regex]::Matches((Get-Content -LiteralPath $PSCommandPath -Raw),
            "Line = '(Get-\w+)").ForEach({ $_.Groups[1].Value })
        # These two read files alone.
        $reading = (Get-Command -Module Compose -Verb Get | Where-Object { $_.Parameters.ContainsKey('Context') }).Name |
            Where-Object { $_ -notin 'Get-ComposeConfig', 'Get-ComposeGraph' }
        $reading | Where-Object { $_ -notin $lines } | Should -BeNullOrEmpty
    }

    It 'tells of an engine or context that is not there, and reads the others' {
        $found = Get-ComposeContainer -ProjectName $project.Name -Context one, nobody, 'far away',
            two -ErrorAction SilentlyContinue -ErrorVariable problem
        $found.EngineHost | Should -Be $engine, "unix://$second"
        $problem.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } | Should -Be ContextNotFound, EngineNotRunning
        $problem[0].Exception.Message | Should -Match "'default', 'far away', 'one', 'two'"
    }

    It 'changes one engine only, unless objects say which' {
        Stop-ComposeService -ProjectName $project.Name -Context one,
            two -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'SeveralContexts,*'
        (Get-ComposeContainer -ProjectName $project.Name -Context one).State | Should -Be running
        Get-ComposeContainer -ProjectName $project.Name -Context two | Stop-ComposeService -Confirm:$false
        (Get-ComposeContainer -ProjectName $project.Name -Context one -All).State | Should -Be exited
    }

    It 'heeds DOCKER_CONTEXT' {
        $env:DOCKER_CONTEXT = 'two'
        try {
            (Get-ComposeContainer -ProjectName $project.Name -All).EngineHost | Should -Be "unix://$second"
            (Get-ComposeContainer -ProjectName $project.Name -All -Context one).EngineHost | Should -Be $engine
        }
        finally {
            Remove-Item -Path env:DOCKER_CONTEXT
        }
    }

    It 'completes contexts, quoted where they need it' {
        (TabExpansion2 -inputScript 'Get-ComposeContainer -Context ').CompletionMatches.CompletionText |
            Should -Be default, "'far away'", one, two
        (TabExpansion2 -inputScript 'Get-ComposeContainer -Context one, t').CompletionMatches.CompletionText | Should -Be two
    }
}
