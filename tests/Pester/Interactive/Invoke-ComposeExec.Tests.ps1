BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noProxy = $noEngine -or -not ($env:COMPOSE_SHARED -and (Get-Command -Name python3 -ErrorAction SilentlyContinue))
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Invoke-ComposeExec' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s, environment: {GIVEN: by file}, deploy: {replicas: 2}}
  gone: {image: busybox, command: "true"}
  asleep: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s}
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Wait-State -Project $project -Service gone -State Exited
        Suspend-ComposeService -ProjectName $project.Name asleep
        $common = @{ ProjectName = $project.Name; Service = 'web' }
    }

    AfterAll { Remove-TestProject $project }

    It 'returns exit code, both streams, duration and identity' {
        $result = Invoke-ComposeExec -Path $project.Path web -- sh -c 'echo out; echo err >&2; exit 3'
        $result | Should -BeOfType 'Compose.Streams.ComposeCommandResult'
        $result.ExitCode | Should -Be 3
        $result.StandardOutput | Should -Be 'out'
        $result.StandardError | Should -Be 'err'
        $result.Duration | Should -BeGreaterThan ([TimeSpan]::Zero)
        $result.ProjectName | Should -Be $project.Name
        $result.Service | Should -Be 'web'
        $result.Container | Should -Be "$($project.Name)-web-1"
        $result.Replica | Should -Be 1
        $result.EngineHost | Should -Not -BeNullOrEmpty
        $result.Command | Should -Be @('sh', '-c', 'echo out; echo err >&2; exit 3')
    }

    It 'writes no error for an exit code' {
        $null = Invoke-ComposeExec @common false -ErrorVariable problem
        $problem | Should -BeNullOrEmpty
    }

    It 'takes the command as one array too' {
        (Invoke-ComposeExec @common -Command echo, '-n', 'a  b').StandardOutput | Should -Be 'a  b'
    }

    It 'keeps text as it was written' {
        (Invoke-ComposeExec @common -- printf 'grün 🐳\n\nlast').StandardOutput | Should -Be "grün 🐳`n`nlast"
    }

    It 'gives variables as a hashtable, as text and from this shell' {
        $env:PESTER_EXEC = 'from the shell'
        (Invoke-ComposeExec @common -Environment @{ A = '1'; B = 'two words' } -- sh -c 'echo $A $B $GIVEN').StandardOutput |
            Should -Be '1 two words by file'
        (Invoke-ComposeExec @common -Environment A=x=y, PESTER_EXEC,
            PESTER_NOT_SET -- sh -c 'echo $A $PESTER_EXEC ${PESTER_NOT_SET-unset}').StandardOutput |
            Should -Be 'x=y from the shell unset'
        Remove-Item -Path Env:PESTER_EXEC
    }

    It 'runs as the user and in the directory asked for' {
        (Invoke-ComposeExec @common -User 1000:1000 -WorkingDirectory /tmp -- sh -c 'id -u; id -g; pwd').StandardOutput |
            Should -Be "1000`n1000`n/tmp"
    }

    It 'gives all rights with -Privileged' {
        # What the host itself may not do, it cannot give: then docker cannot, either.
        $theirs = & docker exec --privileged "$($project.Name)-web-1" grep CapEff /proc/self/status 2>&1
        $ours = Invoke-ComposeExec @common -Privileged -ErrorAction SilentlyContinue -ErrorVariable problem -- grep CapEff /proc/self/status
        if ($problem) {
            "$theirs" | Should -Match 'unable to apply caps'
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'CommandNotStarted,*'
        }
        else {
            $ours.StandardOutput | Should -Be "$theirs"
        }
    }

    It 'picks the replica by its number' {
        (Invoke-ComposeExec @common -Index 2 hostname).Container | Should -Be "$($project.Name)-web-2"
    }

    It 'gives a terminal with -Tty, one stream' {
        $result = Invoke-ComposeExec @common -Tty -- sh -c 'tty; echo err >&2'
        $result.StandardOutput | Should -Match '^/dev/pts/\d+\r\nerr$'
        $result.StandardError | Should -BeNullOrEmpty
        (Invoke-ComposeExec @common tty).ExitCode | Should -Be 1
    }

    It 'shows what a terminal answers to piped input, whose end is a key' {
        $result = 'echo $((6*7)); exit 3' | Invoke-ComposeExec @common -Tty sh
        $result.StandardOutput | Should -Match '(?m)^42\r?$'
        $result.ExitCode | Should -Be 3
        ('typed' | Invoke-ComposeExec @common -Tty cat).ExitCode | Should -Be 0
    }

    It 'sets LASTEXITCODE, and makes a code other than 0 an error when asked' {
        $global:LASTEXITCODE = 0
        (Invoke-ComposeExec @common -ErrorVariable problem -- sh -c 'exit 4').ExitCode | Should -Be 4
        $LASTEXITCODE | Should -Be 4
        $problem | Should -BeNullOrEmpty
        $fail = @{ FailOnExitCode = $true; ErrorVariable = 'problem'; ErrorAction = 'SilentlyContinue' }
        (Invoke-ComposeExec @common @fail -- sh -c 'exit 5').ExitCode | Should -Be 5
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CommandFailed,*'
        $null = Invoke-ComposeRun -Path $project.Path web -Remove -NoDependency @fail -- sh -c 'exit 6'
        $LASTEXITCODE | Should -Be 6
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CommandFailed,*'
        $null = Invoke-ComposeExec @common -- true
        $LASTEXITCODE | Should -Be 0
    }

    It 'runs nothing where the shell took an argument of the command for a parameter: <Line>' -TestCases @(
        @{ Line = 'Invoke-ComposeExec -ProjectName NAME web tail -n 1 /etc/passwd';
            Type = 'Invoke-ComposeExec -ProjectName NAME web -- tail -n 1 /etc/passwd' }
        @{ Line = 'Invoke-ComposeExec -Service web -Project NAME ls -d /bin';
            Type = 'Invoke-ComposeExec -Service web -Project NAME -- ls -d /bin' }
        @{ Line = 'Invoke-ComposeExec -ProjectName NAME web id -u root';
            Type = 'Invoke-ComposeExec -ProjectName NAME web -- id -u root' }
        @{ Line = 'Invoke-ComposeExec -ProjectName NAME web wget -O - x';
            Type = 'Invoke-ComposeExec -ProjectName NAME web -- wget -O - x' }
        @{ Line = 'Invoke-ComposeExec -ProjectName NAME web sh -c "touch /tmp/ran"';
            Type = 'Invoke-ComposeExec -ProjectName NAME web -- sh -c "touch /tmp/ran"' }
        @{ Line = 'Invoke-ComposeRun -ProjectName NAME web sh -c "touch /tmp/ran"';
            Type = 'Invoke-ComposeRun -ProjectName NAME web -- sh -c "touch /tmp/ran"' }
        @{ Line = 'Invoke-ComposeRun -ProjectName NAME web grep -e x -Remove';
            Type = 'Invoke-ComposeRun -ProjectName NAME web -Remove -- grep -e x' }
    ) {
        $line = $Line.Replace('NAME', $project.Name)
        $refused = { Invoke-Expression $line } | Should -Throw -ErrorId 'MisplacedArgument,*' -PassThru
        $refused.Exception.Message | Should -BeLike "*Type: $($Type.Replace('NAME', $project.Name))"
        (Invoke-ComposeExec @common -- ls /tmp/ran).ExitCode | Should -Be 1
    }

    It 'takes a splatted table for parameters of its own, and piped text for what the command reads' {
        $where = @{ ProjectName = $project.Name }
        (Invoke-ComposeExec @where -w /tmp web pwd).StandardOutput | Should -Be /tmp
        $env:COMPOSE_PROJECT_NAME = $project.Name
        Push-Location -LiteralPath ([IO.Path]::GetTempPath())
        try {
            ('x' | Invoke-ComposeExec web cat).StandardOutput | Should -Be x
        } finally {
            Pop-Location
            Remove-Item -LiteralPath Env:/COMPOSE_PROJECT_NAME
        }
    }

    It 'takes as its own what comes before the service, and what is spelled out after it' {
        $result = Invoke-ComposeExec -u 1000 -w /tmp -e A=1 @common -- sh -c 'id -u; pwd; echo $A'
        $result.StandardOutput | Should -Be "1000`n/tmp`n1"
        ('x' | Invoke-ComposeExec -T -Project $project.Name web cat -WorkingDirectory /tmp).StandardOutput | Should -Be x
        (Invoke-ComposeExec @common -- echo -n -T).StandardOutput | Should -Be '-T'
    }

    It 'has no abbreviation of <_> that the shell would only call ambiguous' -TestCases @(
        'Invoke-ComposeExec'
        'Invoke-ComposeRun'
    ) {
        $owner = @{}
        foreach ($parameter in (Get-Command -Name $_).Parameters.Values) {
            foreach ($name in @($parameter.Name) + $parameter.Aliases) { $owner[$name] = $parameter.Name }
        }
        $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
        $prefixes = foreach ($name in $owner.Keys) { 1..$name.Length | ForEach-Object { $name.Substring(0, $_) } }
        foreach ($prefix in $prefixes | Sort-Object -Unique | Where-Object { -not $owner.ContainsKey($_) }) {
            $meant = @($owner.Keys | Where-Object { $_ -like "$prefix*" } | ForEach-Object { $owner[$_] } | Sort-Object -Unique)
            # The shell prefers the one that is not common to all cmdlets.
            $own = @($meant | Where-Object { $_ -notin $common })
            ($meant.Count -eq 1 -or $own.Count -eq 1) | Should -BeTrue -Because "-$prefix may be $meant"
        }
    }

    It 'runs nothing where a piped file cannot be read' {
        'kept' , [IO.FileInfo]"$($project.Folder)/nothing", (Get-Item -LiteralPath $project.Folder) |
            Invoke-ComposeExec @common -ErrorAction SilentlyContinue -ErrorVariable problem -- sh -c 'touch /tmp/ran' |
                Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be @(, 'InputUnreadable,Compose.Module.Commands.InvokeComposeExecCommand' * 2)
        (Invoke-ComposeExec @common ls /tmp/ran).ExitCode | Should -Be 1
    }

    It 'leaves the command running with -Detach' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $result = Invoke-ComposeExec @common -Detach -- sh -c 'sleep 1; echo done > /tmp/detached'
        $watch.ElapsedMilliseconds | Should -BeLessThan (Get-TimeLimit 1000)
        $result.ExitCode | Should -BeNullOrEmpty
        (Invoke-ComposeExec @common -- sh -c 'for i in $(seq 50); do [ -e /tmp/detached ] && break; sleep 0.1; done; cat /tmp/detached').StandardOutput | Should -Be 'done'
    }

    It 'pipes text as lines' {
        ('one', 'zwei ü', '' | Invoke-ComposeExec @common cat).StandardOutput | Should -Be "one`nzwei ü`n"
        (1..3 | Invoke-ComposeExec @common -- sort -rn).StandardOutput | Should -Be "3`n2`n1"
    }

    It 'closes the input at its end, and without any' {
        (Invoke-ComposeExec @common cat).StandardOutput | Should -BeNullOrEmpty
        (@() | Invoke-ComposeExec @common cat).ExitCode | Should -Be 0
    }

    It 'pipes bytes, streams and files as they are, and writes them to -OutFile' {
        $bytes = [byte[]](0..255)
        $file = Join-Path -Path $project.Folder -ChildPath bytes
        [IO.File]::WriteAllBytes($file, $bytes)
        $copy = Join-Path -Path $project.Folder -ChildPath copy
        foreach ($in in @(, $bytes), @([IO.MemoryStream]::new($bytes)), @(Get-Item -LiteralPath $file), $bytes) {
            $result = $in | Invoke-ComposeExec @common -OutFile $copy cat
            $result.StandardOutput | Should -BeNullOrEmpty
            [IO.File]::ReadAllBytes($copy) | Should -Be $bytes
        }
    }

    It 'runs in every container that is piped' {
        $results = Get-ComposeContainer -Path $project.Path -Service web | Invoke-ComposeExec -Command hostname
        $results.Container | Should -Be @("$($project.Name)-web-1", "$($project.Name)-web-2")
        $results.StandardOutput | Select-Object -Unique | Should -HaveCount 2
    }

    It 'runs once in a service that is piped, and pipes on' {
        (Get-ComposeService -ProjectName $project.Name -Service web | Invoke-ComposeExec -Command hostname).Container |
            Should -Be "$($project.Name)-web-1"
        (Invoke-ComposeExec @common true | Get-ComposeContainer).Container | Should -Contain "$($project.Name)-web-1"
    }

    It 'returns lines as they come with -Stream' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $first = Invoke-ComposeExec @common -Stream -- sh -c 'echo first; sleep 20' | Select-Object -First 1
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
        $first | Should -BeOfType 'Compose.Streams.ComposeLogEntry'
        $first.Message | Should -Be 'first'
        $first.Timestamp | Should -BeGreaterThan ([DateTime]::UtcNow.AddMinutes(-1))
    }

    It 'tells an exit code as an error after the lines with -Stream' {
        $lines = Invoke-ComposeExec @common -Stream -ErrorVariable problem -ErrorAction SilentlyContinue -- sh -c 'echo a; echo b >&2; printf c; exit 5'
        $lines | ForEach-Object { "$($_.Stream) $($_.Message)" } | Sort-Object | Should -Be @('stderr b', 'stdout a', 'stdout c')
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CommandFailed,*'
        $problem[0].TargetObject.ExitCode | Should -Be 5
    }

    It 'at a stop <Does>' -TestCases @(
        @{ Does = 'presses Ctrl+C at a terminal'; More = '-Tty'; Seconds = 7771; Left = 0 }
        @{ Does = 'leaves the command running without one, as docker compose exec -T does'; More = '-NoTty'; Seconds = 7772;
            Left = 1 }
    ) {
        $count = { @(Invoke-Docker top "$($project.Name)-web-1" | Where-Object { $_ -match "sleep $Seconds" }).Count }
        $shell = [powershell]::Create().AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; Invoke-ComposeExec -ProjectName $($project.Name) web $More -- sleep $Seconds")
        $null = $shell.BeginInvoke()
        foreach ($attempt in 1..100) { if (& $count) { break }; Start-Sleep -Milliseconds 100 }
        $shell.Stop()
        $shell.Dispose()
        Start-Sleep -Milliseconds 500
        foreach ($attempt in 1..50) { if ((& $count) -eq $Left) { break }; Start-Sleep -Milliseconds 100 }
        & $count | Should -Be $Left
    }

    It 'runs nothing under -WhatIf' {
        Invoke-ComposeExec @common -WhatIf -- touch /tmp/whatif
        (Invoke-ComposeExec @common -- ls /tmp/whatif).ExitCode | Should -Be 1
    }

    It 'writes one error for <Case>' -TestCases @(
        @{ Case = 'an unknown service'; Id = 'ServiceNotFound'; Parameters = @{ Service = 'nobody' } }
        @{ Case = 'a stopped container'; Id = 'ServiceNotRunning'; Parameters = @{ Service = 'gone' } }
        @{ Case = 'a number that is too high'; Id = 'ReplicaNotFound'; Parameters = @{ Service = 'web'; Index = 9 } }
        @{ Case = 'a container that is not there'; Id = 'ContainerNotFound';
            Parameters = @{ Service = 'web'; Container = 'nobody' } }
        @{ Case = 'a command that is not there'; Id = 'CommandNotStarted';
            Parameters = @{ Service = 'web'; Command = 'no-such-command' } }
        @{ Case = 'a directory that is not there'; Id = 'CommandNotStarted';
            Parameters = @{ Service = 'web'; WorkingDirectory = '/no/such' } }
        @{ Case = 'a command in the background that is not there'; Id = 'CommandNotStarted';
            Parameters = @{ Service = 'web'; Command = 'no-such-command'; Detach = $true } }
        @{ Case = 'a paused container'; Id = 'ServicePaused'; Parameters = @{ Service = 'asleep' } }
        @{ Case = 'a file that cannot be written'; Id = 'OutFileNotWritable';
            Parameters = @{ Service = 'web'; OutFile = '/no/such/file' } }
        @{ Case = 'a terminal and none'; Id = 'ConflictingParameters';
            Parameters = @{ Service = 'web'; Tty = $true; NoTty = $true } }
        @{ Case = 'an engine that is not there'; Id = 'EngineNotRunning';
            Parameters = @{ Service = 'web'; EngineHost = 'unix:///no/such.sock' } }
    ) {
        $all = @{ ProjectName = $project.Name; Command = 'true' } + @{}
        foreach ($key in $Parameters.Keys) { $all[$key] = $Parameters[$key] }
        Invoke-ComposeExec @all -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'keeps what came before the engine was gone' -Skip:$noProxy {
        $engine = if ($env:COMPOSE_TEST_ENGINE) { $env:COMPOSE_TEST_ENGINE } else { '/var/run/docker.sock' }
        $socket = Join-Path -Path $project.Folder -ChildPath proxy.sock
        $proxy = Start-Process -FilePath python3 -ArgumentList "$env:COMPOSE_SHARED/tools/engine-proxy.py", $socket, $engine,
            "$socket.log" -PassThru
        while (-not (Test-Path -LiteralPath $socket)) { Start-Sleep -Milliseconds 50 }
        $lines = Invoke-ComposeExec @common -EngineHost "unix://$socket" -Stream -ErrorVariable problem -ErrorAction SilentlyContinue -- sh -c 'echo before; sleep 20' | ForEach-Object {
            $proxy.Kill()
            $_
        }
        $lines.Message | Should -Be 'before'
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -Match '^Engine(ConnectionLost|NotRunning),'
    }
}
