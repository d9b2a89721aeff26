BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noLinux = -not (Test-Path -Path /proc/self/fd)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Invoke-ComposeRun' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web:
    image: busybox
    command: echo from the file
    init: true
    stop_grace_period: 1s
    environment: {GIVEN: by file}
    ports: ["18473:80"]
    volumes: ["data:/data"]
    depends_on: {db: {condition: service_healthy}}
  db: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s, healthcheck: {test: "true", interval: 200ms}}
  alone: {image: busybox, init: true, stop_grace_period: 1s}
  built: {build: {dockerfile_inline: "FROM busybox\nRUN echo made > /made\n"}}
  sick: {image: busybox, depends_on: {ill: {condition: service_completed_successfully}}}
  ill: {image: busybox, command: "false"}
volumes: {data: }
'@ -File @{ 'run.env' = "A=from file`nB=`${A} too`n"; 'mounted/file' = 'mounted' }
        $common = @{ Path = $project.Path; Service = 'alone'; Remove = $true }

        function Get-OneOff { Invoke-Docker ps -aq --filter "label=com.docker.compose.project=$($project.Name)" --filter label=com.docker.compose.oneoff=True }
    }

    AfterAll { Remove-TestProject $project }

    It 'starts what the service depends on, waits for it and runs the service''s own command' {
        $result = Invoke-ComposeRun -Path $project.Path web -Remove
        $result | Should -BeOfType 'Compose.Streams.ComposeCommandResult'
        $result.ExitCode | Should -Be 0
        $result.StandardOutput | Should -Be 'from the file'
        $result.Container | Should -Match "^$($project.Name)-web-run-[0-9a-f]{12}$"
        $result.ProjectName | Should -Be $project.Name
        $result.Service | Should -Be 'web'
        (Get-ComposeService -Path $project.Path -Service db).Health | Should -Be 'Healthy'
        (Get-ComposeContainer -Path $project.Path -Service web) | Should -BeNullOrEmpty
        Get-OneOff | Should -BeNullOrEmpty
    }

    It 'returns exit code and both streams, and writes no error' {
        $result = Invoke-ComposeRun @common -ErrorVariable problem -- sh -c 'echo out; echo err >&2; exit 3'
        $result.ExitCode | Should -Be 3
        $result.StandardOutput | Should -Be 'out'
        $result.StandardError | Should -Be 'err'
        $problem | Should -BeNullOrEmpty
    }

    It 'keeps the container without -Remove, with the labels of a one-off' {
        $result = Invoke-ComposeRun -Path $project.Path alone true
        $inspect = Invoke-Docker inspect $result.Container | ConvertFrom-Json
        $labels = $inspect.Config.Labels
        $labels.'com.docker.compose.oneoff' | Should -Be 'True'
        $labels.'com.docker.compose.slug' | Should -Match '^[0-9a-f]{64}$'
        $result.Container | Should -BeLike "*-$($labels.'com.docker.compose.slug'.Substring(0, 12))"
        $inspect.State.Status | Should -Be 'exited'
        (Get-ComposeContainer -Path $project.Path -All | Where-Object OneOff).Container | Should -Contain $result.Container
        $null = Invoke-Docker rm $result.Container
    }

    It 'pipes text and bytes into it' {
        ('one', 'zwei ü' | Invoke-ComposeRun @common cat).StandardOutput | Should -Be "one`nzwei ü"
        $copy = Join-Path -Path $project.Folder -ChildPath copy
        $null = , [byte[]](0..255) | Invoke-ComposeRun @common -OutFile $copy cat
        [IO.File]::ReadAllBytes($copy) | Should -Be ([byte[]](0..255))
        (Invoke-ComposeRun @common cat).StandardOutput | Should -BeNullOrEmpty
    }

    It 'returns lines as they come with -Stream, and an exit code as an error' {
        $lines = Invoke-ComposeRun @common -Stream -ErrorVariable problem -ErrorAction SilentlyContinue -- sh -c 'echo a; echo b >&2; exit 5'
        $lines | ForEach-Object { "$($_.Stream) $($_.Message)" } | Sort-Object | Should -Be @('stderr b', 'stdout a')
        $lines[0] | Should -BeOfType 'Compose.Streams.ComposeLogEntry'
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CommandFailed,*'
        $problem[0].TargetObject.ExitCode | Should -Be 5
    }

    It 'takes variables from the line and from files' {
        $result = Invoke-ComposeRun @common -Environment @{ C = 'line' } -EnvironmentFile (Join-Path -Path $project.Folder -ChildPath run.env) -- sh -c 'echo $A, $B, $C'
        $result.StandardOutput | Should -Be 'from file, from file too, line'
        (Invoke-ComposeRun @common -Environment A=x -EnvironmentFile (Join-Path -Path $project.Folder -ChildPath run.env) -- sh -c 'echo $A').StandardOutput | Should -Be 'x'
    }

    It 'takes user, directory, entrypoint and capabilities' {
        (Invoke-ComposeRun @common -User 1000 -WorkingDirectory /tmp -- sh -c 'id -u; pwd').StandardOutput |
            Should -Be "1000`n/tmp"
        (Invoke-ComposeRun @common -Entrypoint 'echo "two  words"' said).StandardOutput | Should -Be 'two  words said'
        (Invoke-ComposeRun @common -Entrypoint echo, 'a b').StandardOutput | Should -Be 'a b'
        $null = Invoke-ComposeRun -Path $project.Path alone -Name "$($project.Name)-caps" -CapAdd NET_ADMIN -CapDrop MKNOD true
        $inspect = Invoke-Docker inspect "$($project.Name)-caps" | ConvertFrom-Json
        $inspect.HostConfig.CapAdd | Should -Match 'NET_ADMIN'
        $inspect.HostConfig.CapDrop | Should -Match 'MKNOD'
        $null = Invoke-Docker rm "$($project.Name)-caps"
    }

    It 'mounts from where the user stands' {
        Push-Location -LiteralPath $project.Folder
        try {
            (Invoke-ComposeRun @common -Volume ./mounted:/mnt:ro -- cat /mnt/file).StandardOutput | Should -Be 'mounted'
            (Invoke-ComposeRun @common -Volume ./mounted:/mnt:ro -- touch /mnt/file).ExitCode | Should -Not -Be 0
        }
        finally { Pop-Location }
    }

    It 'publishes nothing, the service''s ports, or those asked for' {
        $run = @{ Path = $project.Path; Service = 'web'; NoDependency = $true; Detach = $true; Command = 'sleep', '60' }
        foreach ($case in @{}, @{ ServicePort = $true }, @{ Publish = '18474:81' }) {
            $result = Invoke-ComposeRun @run @case
            $inspect = Invoke-Docker inspect $result.Container | ConvertFrom-Json
            $null = Invoke-Docker rm -f $result.Container
            $expected = if ($case.ServicePort) { '18473' } elseif ($case.Publish) { '18474' }
            $inspect.HostConfig.PortBindings.PSObject.Properties.Value.HostPort | Should -Be $expected
        }
    }

    It 'answers to the service''s name with -UseAlias, and carries labels' {
        $plain = Invoke-ComposeRun -Path $project.Path alone -Detach sleep 60
        (Invoke-ComposeRun @common nslookup alone).ExitCode | Should -Not -Be 0
        $named = Invoke-ComposeRun -Path $project.Path alone -Detach -UseAlias -Label @{ given = 'yes' } sleep 60
        (Invoke-ComposeRun @common nslookup alone).StandardOutput | Should -Match 'Address'
        (Invoke-Docker inspect $named.Container | ConvertFrom-Json).Config.Labels.given | Should -Be 'yes'
        $null = Invoke-Docker rm -f $plain.Container $named.Container
    }

    It 'leaves it running with -Detach' {
        $result = Invoke-ComposeRun -Path $project.Path alone -Detach sleep 60
        $result.ExitCode | Should -BeNullOrEmpty
        (Get-ComposeContainer -ProjectName $project.Name -All | Where-Object Container -EQ $result.Container).State |
            Should -Be 'Running'
        ($result | Invoke-ComposeExec -Command hostname).Container | Should -Be $result.Container
        $null = Invoke-Docker rm -f $result.Container
    }

    It 'keeps the input of what runs with -Detach open for who attaches, unless told otherwise' {
        $reads = Invoke-ComposeRun -Path $project.Path alone -Detach cat
        $ends = Invoke-ComposeRun -Path $project.Path alone -Detach -Interactive:$false cat
        Invoke-Docker wait $ends.Container | Should -Be '0'
        $state = '{{.State.Running}} {{.Config.OpenStdin}} {{.Config.StdinOnce}}'
        Invoke-Docker inspect -f $state $reads.Container | Should -Be 'true true true'
        $short = $reads.Container -replace "^$($project.Name)-"
        $lines = 'said' | Connect-ComposeService -ProjectName $project.Name alone
        $lines.Message | Should -Be 'said', "$short exited with code 0"
        $null = Invoke-Docker rm -f $reads.Container $ends.Container
    }

    It 'gives a terminal with -Tty' {
        (Invoke-ComposeRun @common -Tty tty).StandardOutput | Should -Match '^/dev/pts/\d+'
    }

    It 'builds what is missing, and anew with -Build' {
        (Invoke-ComposeRun -Path $project.Path built -Remove cat /made).StandardOutput | Should -Be 'made'
        $verbose = Invoke-ComposeRun -Path $project.Path built -Remove -Build -Verbose true 4>&1
        "$verbose" | Should -Match 'BuildImage'
    }

    It 'pulls as -Pull says' {
        $absent = New-TestProject "services:`n  web: { image: 'localhost:1/nobody/has:this' }`n"
        Invoke-ComposeRun -Path $absent.Path web -Pull Never true -ErrorAction SilentlyContinue -ErrorVariable problem |
            Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ImageNotFound,*'
        Remove-TestProject $absent
    }

    It 'warns of orphans as up does, one-offs that ended among them, once' {
        $other = New-TestProject @'
services:
  web: { image: busybox, depends_on: [db] }
  db: { image: busybox, command: sleep 600, stop_grace_period: 0s }
'@
        $null = Invoke-ComposeRun -Path $other.Path web true -WarningVariable first -WarningAction SilentlyContinue
        $null = Invoke-ComposeRun -Path $other.Path web true -WarningVariable second -WarningAction SilentlyContinue
        $first | Should -BeNullOrEmpty
        $second | Should -HaveCount 1
        "$second" | Should -Match "orphan.*$($other.Name)-web-run-"
        $null = Invoke-ComposeUp -Path $other.Path -Service db -RemoveOrphan
        (Get-ComposeContainer -Path $other.Path -All).Service | Should -Be 'db'
        Remove-TestProject $other
    }

    It 'removes orphans with -RemoveOrphan' {
        $less = Join-Path -Path $project.Folder -ChildPath less.yaml
        Set-Content -Path $less -Value "name: $($project.Name)`nservices: { alone: { image: busybox }, once: { image: busybox, command: 'true' } }"
        $null = Invoke-ComposeUp -Path $less -Service once -WarningAction SilentlyContinue
        (Invoke-ComposeRun @common true -WarningAction SilentlyContinue).ExitCode | Should -Be 0
        (Get-ComposeContainer -ProjectName $project.Name -All).Service | Should -Contain 'once'
        (Invoke-ComposeRun @common -RemoveOrphan true).ExitCode | Should -Be 0
        (Get-ComposeContainer -ProjectName $project.Name -All).Service | Should -Not -Contain 'once'
    }

    It 'leaves dependencies out with -NoDependency' {
        Stop-ComposeService -Path $project.Path -Service db
        (Invoke-ComposeRun -Path $project.Path web -NoDependency -Remove).ExitCode | Should -Be 0
        Get-ComposeContainer -Path $project.Path -Service db | Should -BeNullOrEmpty
    }

    It 'shows what it would do with -WhatIf, and does nothing' {
        $before = Get-OneOff
        Invoke-ComposeRun -Path $project.Path alone -WhatIf true
        Get-OneOff | Should -Be $before
    }

    It 'writes one error for <Case> and leaves no container' -TestCases @(
        @{ Case = 'an unknown service'; Id = 'ServiceNotFound'; Parameters = @{ Service = 'nobody' } }
        @{ Case = 'a pattern'; Id = 'ServiceNotFound'; Parameters = @{ Service = 'alon*' } }
        @{ Case = 'a dependency that fails'; Id = 'DependencyNotCompleted'; Parameters = @{ Service = 'sick' } }
        @{ Case = 'a bad port'; Id = 'WrongType'; Parameters = @{ Publish = 'x:y' } }
        @{ Case = 'a bad mount'; Id = 'WrongType'; Parameters = @{ Volume = 'data:/b:ro:x' } }
        @{ Case = 'a file that is not there'; Id = 'EnvFileNotFound'; Parameters = @{ EnvironmentFile = '/no/such' } }
        @{ Case = 'ports twice'; Id = 'ConflictingParameters'; Parameters = @{ Publish = '1:1'; ServicePort = $true } }
        @{ Case = 'a terminal and none'; Id = 'ConflictingParameters'; Parameters = @{ Tty = $true; NoTty = $true } }
        @{ Case = 'a directory that is a file'; Id = '*'; Parameters = @{ WorkingDirectory = '/etc/passwd' } }
        @{ Case = 'an engine that is not there'; Id = 'EngineNotRunning'; Parameters = @{ EngineHost = 'unix:///no/such.sock' } }
    ) {
        $before = Get-OneOff
        $all = @{ Path = $project.Path; Service = 'alone'; Command = 'true' }
        foreach ($key in $Parameters.Keys) { $all[$key] = $Parameters[$key] }
        Invoke-ComposeRun @all -ErrorVariable problem -ErrorAction SilentlyContinue -WarningAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        foreach ($attempt in 1..50) {
            if ("$(Get-OneOff)" -eq "$before") { break }
            Start-Sleep -Milliseconds 100
        }

        Get-OneOff | Should -Be $before
    }

    It 'tells a name that is taken at once' {
        $null = Invoke-ComposeRun -Path $project.Path alone -Name "$($project.Name)-taken" true
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Invoke-ComposeRun -Path $project.Path alone -Name "$($project.Name)-taken" true -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NameHeldByOrphan,*'
        $watch.ElapsedMilliseconds | Should -BeLessThan (Get-TimeLimit 2000)
        $null = Invoke-Docker rm "$($project.Name)-taken"
    }

    It 'stops the container although the shell ends right after Ctrl+C' -Skip:$noLinux {
        $name = "$($project.Name)-interrupted"
        # A run of the tests in the background ignores the signal, and what it starts would too.
        $import = "Import-Module '$env:COMPOSE_TEST_MODULE'"
        $run = "Invoke-ComposeRun -T -Path '$($project.Path)' alone -Remove -Name $name sleep 600"
        $arguments = @('--default-signal=INT') + (Get-ShellCommand) + '-NoProfile', '-Command', "`"$import; $run`""
        $shell = Start-Process -FilePath env -PassThru -RedirectStandardOutput "$($project.Folder)/out" -ArgumentList $arguments
        foreach ($attempt in 1..300) {
            if (Invoke-Docker ps -q --filter "name=$name") { break }
            Start-Sleep -Milliseconds 100
        }

        Start-Sleep -Milliseconds 500
        & kill -INT $shell.Id
        $shell.WaitForExit(10000) | Should -BeTrue
        foreach ($attempt in 1..50) {
            if (-not (Invoke-Docker ps -aq --filter "name=$name")) { break }
            Start-Sleep -Milliseconds 100
        }

        Invoke-Docker ps -aq --filter "name=$name" | Should -BeNullOrEmpty
    }

    It 'stops and removes the container when the pipeline stops' {
        $first = Invoke-ComposeRun @common -Stream -- sh -c 'echo started; exec sleep 600' | Select-Object -First 1
        $first.Message | Should -Be 'started'
        foreach ($attempt in 1..80) {
            if (-not (Invoke-Docker ps -aq --filter "name=$($first.Container)")) { break }
            Start-Sleep -Milliseconds 100
        }

        Invoke-Docker ps -aq --filter "name=$($first.Container)" | Should -BeNullOrEmpty
    }
}
