# The parameters nearly every cmdlet has, on every cmdlet that has them. Each call is one that fails, or does something else,
# where the parameter is not heeded.
BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
    $noEngine = -not (Test-Engine)
    $cmdlets = (Get-Module -Name Compose).ExportedCmdlets.Values
    # What needs a terminal, or stays until it is stopped, has these parameters from the same base classes and is shown in tests
    # of its own.
    $apart = 'Enter-ComposeService'
    $onFiles = $cmdlets.Where({ $_.Parameters.ContainsKey('EnvFile') -and $_.Name -notin $apart }).Name
    # These read files alone; they take an engine because objects that name one are piped into them.
    $fileOnly = 'Get-ComposeGraph', 'Get-ComposeConfig', 'Test-ComposeFile'
    $onEngine = $cmdlets.Where({ $_.Parameters.ContainsKey('Context') -and $_.Name -notin $apart -and
        $_.Name -notin $fileOnly }).Name
    # Where a profile shows: in what is planned, and in which services are known.
    $planned = 'Invoke-ComposeBuild', 'Invoke-ComposePull', 'Invoke-ComposePush', 'Suspend-ComposeService',
        'Restart-ComposeService', 'Stop-ComposeService', 'Start-ComposeService', 'Resume-ComposeService', 'Remove-ComposeService'
    $knowing = 'Get-ComposeEvent', 'Get-ComposeLog', 'Get-ComposeImage', 'Get-ComposeNetwork', 'Get-ComposeVolume',
        'Get-ComposeProcess', 'Get-ComposeStats', 'Wait-ComposeService'
    $inReplica = 'Invoke-ComposeExec', 'Copy-ComposeItem', 'Export-ComposeContainer', 'Save-ComposeContainer', 'Get-ComposePort',
        'Invoke-ComposeRun'
    $single = $cmdlets.Where({ $_.Parameters.ContainsKey('Container') -and $_.Name -notin $apart -and
        $_.Name -notin 'Copy-ComposeItem', 'ConvertTo-ComposeFile', 'Connect-ComposeService' }).Name
    # The engine here is no swarm; Swarm.Tests.ps1 has one.
    $changing = $cmdlets.Where({ $_.Parameters.ContainsKey('WhatIf') -and $_.Noun -notin 'ComposeDeploy', 'ComposeStack' }).Name
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule

    # The least a cmdlet needs besides the project, for the service web.
    function Get-Need([string]$Name, [string]$Folder) {
        switch ($Name) {
            'Invoke-ComposeExec' { @{ Service = 'web'; Command = 'true' } }
            'Invoke-ComposeRun' { @{ Service = 'web'; Command = 'true'; Remove = $true } }
            'Connect-ComposeService' { @{ Service = 'web'; NoStdin = $true } }
            'Copy-ComposeItem' { @{ Source = 'web:/etc/hostname'; Destination = "$Folder/hostname" } }
            'Export-ComposeContainer' { @{ Service = 'web'; OutFile = "$Folder/web.tar"; Force = $true } }
            'Save-ComposeContainer' { @{ Service = 'web' } }
            'Get-ComposePort' { @{ Service = 'web' } }
            'Set-ComposeScale' { @{ Service = 'web'; Replicas = 2 } }
            'Wait-ComposeService' { @{ Timeout = 0.1 } }
            'Watch-ComposeProject' { @{ NoUp = $true } }
            'ConvertTo-ComposeFile' { @{ Container = 'nobody' } }
            default { @{} }
        }
    }

    # The ids of the errors a call writes or throws.
    function Get-Problem([string]$Name, [hashtable]$With) {
        $need = Get-Need $Name $TestDrive
        $ErrorActionPreference = 'SilentlyContinue'
        try {
            # What is asked for here goes before the least that is needed.
            foreach ($key in $With.Keys) { $need[$key] = $With[$key] }
            if (-not (Get-Command -Name $Name).Parameters.ContainsKey('WhatIf')) { $need.Remove('WhatIf') }
            $null = & $Name @need -ErrorVariable problem -WarningAction SilentlyContinue
        } catch {
            $problem = @($_)
        }

        @($problem).Where({ $_ -is [Management.Automation.ErrorRecord] }).ForEach({ $_.FullyQualifiedErrorId.Split(',')[0] })
    }
}

Describe 'the files of <_>' -ForEach $onFiles {
    BeforeAll {
        $file = Join-Path -Path $TestDrive -ChildPath compose.yaml
        Set-Content -Path $file -Value "name: commontest`nservices:`n  web: { image: '`${IMAGE:?is needed}', command: 'true' }`n"
        Set-Content -Path "$TestDrive/image.env" -Value 'IMAGE=nobody/has/this'
        $other = (New-Item -ItemType Directory -Path "$TestDrive/other" -Force).FullName
        Set-Content -Path "$other/.env" -Value 'IMAGE=nobody/has/this'
        # Nothing is started: an engine nobody is at ends what gets that far.
        $nowhere = @{ Path = $file; EngineHost = 'unix:///nowhere.sock' }
    }

    It 'are those of -Path, with the variables of -EnvFile or of .env in -ProjectDirectory' {
        Get-Problem $_ $nowhere | Should -Contain 'MissingVariable'
        Get-Problem $_ ($nowhere + @{ EnvFile = "$TestDrive/image.env" }) | Should -Not -Contain 'MissingVariable'
        Get-Problem $_ ($nowhere + @{ ProjectDirectory = $other }) | Should -Not -Contain 'MissingVariable'
    }

    It 'are of the project -ProjectName says' {
        Get-Problem $_ ($nowhere + @{ EnvFile = "$TestDrive/image.env"; ProjectName = 'Not A Name' }) |
            Should -Be 'InvalidProjectName'
    }

    It 'are one error where -EnvFile or -Path is not there' {
        Get-Problem $_ ($nowhere + @{ EnvFile = "$TestDrive/image.env", "$TestDrive/none.env" }) | Should -Be 'EnvFileNotFound'
        Get-Problem $_ @{ Path = "$TestDrive/none.yaml"; EngineHost = 'unix:///nowhere.sock' } | Should -Be 'ComposeFileNotFound'
    }
}

Describe 'the engine of <_>' -ForEach $onEngine {
    BeforeAll {
        $file = Join-Path -Path $TestDrive -ChildPath compose.yaml
        Set-Content -Path $file -Value "name: commontest`nservices:`n  web: { image: nobody/has/this, develop: { watch: [{ path: ., action: sync, target: /x }] } }`n"
    }

    It 'is the one of -EngineHost or -Context, and one error where that is not there' {
        $with = if ((Get-Command -Name $_).Parameters.ContainsKey('Path')) { @{ Path = $file } } else { @{} }
        Get-Problem $_ ($with + @{ EngineHost = 'unix:///nowhere.sock' }) | Should -Be 'EngineNotRunning'
        Get-Problem $_ ($with + @{ Context = 'nobody' }) | Should -Be 'ContextNotFound'
    }

    It 'is waited for as long as -EngineTimeout says, or COMPOSE_ENGINE_TIMEOUT' {
        $with = if ((Get-Command -Name $_).Parameters.ContainsKey('Path')) { @{ Path = $file } } else { @{} }
        # It listens, takes no connection and says nothing.
        $silent = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $silent.Start()
        $with.EngineHost = "tcp://$($silent.LocalEndpoint)"
        try {
            Get-Problem $_ ($with + @{ EngineTimeout = 0.1 }) | Should -Be 'EngineNoAnswer'
            $env:COMPOSE_ENGINE_TIMEOUT = '0.1'
            Get-Problem $_ $with | Should -Be 'EngineNoAnswer'
            $env:COMPOSE_ENGINE_TIMEOUT = 'soon'
            Get-Problem $_ $with | Should -Be 'InvalidEngineTimeout'
        } finally {
            $env:COMPOSE_ENGINE_TIMEOUT = $null
            $silent.Stop()
        }
    }
}

Describe 'what changes something' -Skip:$noEngine {
    BeforeAll {
        # For each there is something to do: what can be copied, resumed, started, built and pushed.
        $project = New-TestProject @'
services:
  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, develop: { watch: [{ path: ., action: sync, target: /x }] } }
  frozen: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }
  once: { image: busybox, command: "true" }
  built: { image: "localhost:1/common/built", build: { dockerfile_inline: FROM busybox }, command: sleep 600, init: true, stop_grace_period: 0s }
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Wait-State -Project $project -Service once -State Exited
        Suspend-ComposeService -Path $project.Path -Service frozen

        function Get-Work([string]$Name) {
            $need = Get-Need $Name $project.Folder
            switch ($Name) {
                'Invoke-ComposeUp' { $need.ForceRecreate = $true }
                'Remove-ComposeService' { $need.Stop = $true }
                'Wait-ComposeService' { $need = @{ Service = 'once'; DownProject = $true } }
            }

            $need
        }

        # All there is of the project, as the engine tells it.
        function Get-Everything {
            Invoke-Docker ps -a --no-trunc --filter "label=com.docker.compose.project=$($project.Name)" --format '{{.ID}} {{.State}}' | Sort-Object
            (Invoke-Docker images -q --no-trunc | Measure-Object).Count
            Get-ChildItem -LiteralPath $project.Folder | ForEach-Object Name
        }

        $before = Get-Everything
    }

    AfterAll { Remove-TestProject $project }

    It 'changes nothing with -WhatIf: <_>' -ForEach $changing {
        $need = Get-Work $_
        $null = & $_ -Path $project.Path @need -WhatIf -ErrorAction SilentlyContinue
        Get-Everything | Should -Be $before
    }

    It 'asks with -Confirm, and does nothing where nobody can answer: <_>' -ForEach $changing {
        $need = Get-Work $_
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'").Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddCommand($_).AddParameters($need).AddParameters(@{ Path = $project.Path; Confirm = $true })
        $thrown = $null
        try { $null = $shell.Invoke() } catch { $thrown = $_ }
        # The host says that it cannot ask, however the cmdlet passes it on.
        $causes = foreach ($problem in @($thrown) + $shell.Streams.Error | Where-Object { $_ }) {
            for ($cause = $problem.Exception; $cause; $cause = $cause.InnerException) { $cause.GetType().Name }
        }

        $causes | Should -Contain HostException -Because "$thrown $($shell.Streams.Error)"
        $shell.Dispose()
        Get-Everything | Should -Be $before
    }
}

Describe 'profiles and single containers' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, scale: 2 }
  extra:
    profiles: [more]
    image: localhost:1/common/extra
    build: { dockerfile_inline: FROM busybox }
    command: sleep 600
    init: true
    stop_grace_period: 0s
    ports: ["127.0.0.1::80"]
    develop: { watch: [{ path: ., action: sync, target: /x }] }
'@
        $more = @{ Path = $project.Path; Profile = 'more' }
    }

    AfterAll {
        Remove-TestProject $project
        & docker image rm -f localhost:1/common/extra 2>&1 | Out-Null
    }

    It 'makes a service of the profile known: <_>' -ForEach $knowing {
        Get-Problem $_ @{ Path = $project.Path; Service = 'extra'; WhatIf = $true } | Should -Be 'ServiceNotFound'
        Get-Problem $_ ($more + @{ Service = 'extra'; WhatIf = $true }) | Should -BeIn @($null, 'WaitTimeout')
    }

    It 'shows in what is read of the files' {
        (Get-ComposeService -Path $project.Path).Service | Should -Be 'web'
        (Get-ComposeService @more).Service | Should -Be @('extra', 'web')
        (Get-ComposeContainer @more).Service | Should -BeNullOrEmpty
        (Get-ComposePlan -Path $project.Path).Text | Should -Not -Match 'extra'
        (Get-ComposePlan @more).Text | Should -Match 'extra'
        Get-ComposeGraph -Path $project.Path | Should -Not -Match 'extra'
        Get-ComposeGraph @more | Should -Match 'extra'
        Get-Problem Watch-ComposeProject @{ Path = $project.Path; WhatIf = $true } | Should -Be 'NothingToWatch'
        Get-Problem Watch-ComposeProject ($more + @{ WhatIf = $true }) | Should -BeNullOrEmpty
        $broken = Join-Path -Path $project.Folder -ChildPath broken.yaml
        Set-Content -Path $broken -Value "services:`n  a: { image: busybox, profiles: [more], networks: [none] }`n"
        Test-ComposeFile -Path $broken | Should -BeTrue
        Test-ComposeFile -Path $broken -Profile more -ErrorAction SilentlyContinue | Should -BeFalse
    }

    Context 'of a project that is up' {
        BeforeAll { $null = Invoke-ComposeUp @more }

        It 'adds the services of the profile to what is done: <_>' -ForEach $planned {
            $name = $_
            # Each is shown in the state in which it has something to do.
            switch -Regex ($name) {
                'Resume' { Suspend-ComposeService @more }
                'Start' { Stop-ComposeService @more }
            }

            $force = if ($name -eq 'Remove-ComposeService') { @{ Stop = $true } } else { @{} }
            "$(& $name -Path $project.Path @force -WhatIf -Verbose -WarningAction SilentlyContinue 4>&1)" |
                Should -Not -Match 'extra'
            "$(& $name @more @force -WhatIf -Verbose -WarningAction SilentlyContinue 4>&1)" | Should -Match 'extra'
            switch -Regex ($name) {
                'Resume' { Resume-ComposeService @more }
                'Start' { Start-ComposeService @more }
            }
        }

        It 'reaches a service of the profile: <_>' -ForEach $inReplica {
            Get-Problem $_ ($more + @{ Service = 'extra' }) | Should -BeNullOrEmpty
        }

        It 'takes a single container by -Container: <_>' -ForEach $single {
            $name = $_
            $asked = @{ ProjectName = $project.Name }
            Get-Problem $name ($asked + @{ Container = "$($project.Name)-nobody-1" }) |
                Should -BeIn 'ContainerNotFound', 'ReplicaNotFound', 'ServiceNotRunning'
            # Paused it can be resumed, stopped it can be started; its neighbour is left as it is.
            $one = "$($project.Name)-extra-1"
            switch -Regex ($name) {
                'Resume' { Suspend-ComposeService @asked -Container $one }
                'Start' { Stop-ComposeService @asked -Container $one }
            }

            if ($name -eq 'Remove-ComposeService') { return }
            Get-Problem $name ($asked + @{ Container = $one } + $(if ($name -match 'Exec|Export|Save|Port') { @{ Service = 'extra' } } else { @{} })) | Should -BeNullOrEmpty
            (Get-ComposeContainer @asked -Service web).State | Should -Be @('Running', 'Running')
            switch -Regex ($name) {
                'Suspend' { (Get-ComposeContainer @asked -Service extra).State |
                    Should -Be 'Paused'; Resume-ComposeService @asked -Container $one }
                'Stop' { Wait-State -Project $project -Service extra -State Exited |
                    Should -Be 'Exited'; Start-ComposeService @asked -Container $one }
            }

            (Get-ComposeContainer @asked -Service extra).State | Should -Be 'Running'
        }
    }
}
