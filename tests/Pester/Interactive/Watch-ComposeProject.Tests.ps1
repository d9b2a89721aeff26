BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule

    # Starts a watch in a runspace of its own; its output grows while it runs.
    function Start-Watch([string]$Line = "Watch-ComposeProject -Path '$($project.Path)'") {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; $Line")
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $null = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
        $watch = [pscustomobject]@{ Shell = $shell; Output = $output }
        $null = Wait-WatchEvent $watch { $_.Action -eq 'Watching' } -Seconds 60
        $watch
    }

    # What a watch has told so far; the collection's own enumerator would wait for more.
    function Get-WatchEvent($Watch) {
        for ($index = 0; $index -lt $Watch.Output.Count; $index++) { $Watch.Output[$index] }
    }

    # Waits for an event of a watch that fits, and answers it.
    function Wait-WatchEvent($Watch, [scriptblock]$Fits, [int]$Seconds = 90) {
        $end = [DateTime]::UtcNow.AddSeconds($Seconds)
        while ([DateTime]::UtcNow -lt $end) {
            $found = @(Get-WatchEvent $Watch | Where-Object $Fits)
            if ($found) { return $found[-1] }
            if ($Watch.Shell.InvocationStateInfo.State -ne 'Running') { break }
            Start-Sleep -Milliseconds 100
        }

        throw "No such event; there were: $(@(Get-WatchEvent $Watch).ForEach({ "$($_.Action) $($_.Service) $($_.Changed) -$($_.Deleted)" }) -join '; '). Errors: $($Watch.Shell.Streams.Error.Count) $($Watch.Shell.Streams.Error | Select-Object -First 1)"
    }

    function Stop-Watch($Watch) {
        if ($Watch) {
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $Watch.Shell.Stop()
            $clock.ElapsedMilliseconds
            $Watch.Shell.Dispose()
        }
    }
}

Describe 'Watch-ComposeProject' -Skip:$noEngine {
    BeforeEach { $project = $watch = $null }

    AfterEach {
        $null = Stop-Watch $watch
        Remove-TestProject $project
    }

    It 'brings the project up, copies what changes and deletes what goes, in every replica' {
        $project = New-TestProject @'
services:
  web:
    image: busybox
    command: sleep 600
    init: true
    scale: 2
    develop:
      watch:
        - {path: ./src, action: sync, target: /app, ignore: ["*.log", node_modules/]}
'@ -File @{ 'src/a.txt' = 'one' }
        $watch = Start-Watch
        (Get-ComposeContainer -Path $project.Path).State | Should -Be @('Running', 'Running')
        $first = $watch.Output[0]
        $first.ProjectName | Should -Be $project.Name
        $first.Changed | Should -Be "$($project.Folder)/src"

        $null = New-Item -ItemType Directory -Path "$($project.Folder)/src/deep/node_modules",
            "$($project.Folder)/src/node_modules"
        Set-Content "$($project.Folder)/src/a.txt" -Value 'two'
        Set-Content "$($project.Folder)/src/deep/b.txt" -Value 'deep'
        Set-Content "$($project.Folder)/src/c.log", "$($project.Folder)/src/node_modules/x" -Value 'ignored'
        $event = Wait-WatchEvent $watch { $_.Action -eq 'Sync' -and $_.Replica -eq 2 }
        $event.Changed | Should -Contain "$($project.Folder)/src/a.txt"
        $event.Changed -match 'c\.log|src/node_modules' | Should -BeNullOrEmpty
        $event.Bytes | Should -Be 9
        foreach ($number in 1, 2) {
            Invoke-Docker exec "$($project.Name)-web-$number" cat /app/a.txt /app/deep/b.txt | Should -Be @('two', 'deep')
            Invoke-Docker exec "$($project.Name)-web-$number" ls /app | Should -Not -Contain 'c.log'
        }

        Remove-Item "$($project.Folder)/src/deep" -Recurse
        $event = Wait-WatchEvent $watch { $_.Action -eq 'Sync' -and $_.Deleted -and $_.Replica -eq 2 }
        $event.Deleted | Should -Contain "$($project.Folder)/src/deep"
        Invoke-Docker exec "$($project.Name)-web-1" ls /app | Should -Be 'a.txt'
        $watch.Shell.Streams.Error.Count | Should -Be 0
        Stop-Watch $watch | Should -BeLessThan (Get-TimeLimit 1000)
        $watch = $null
    }

    It 'restarts, and runs commands after copying; a restart alone copies nothing' {
        $project = New-TestProject @'
services:
  both: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, develop: {watch: [{path: ./conf, action: sync+restart, target: /conf}]}}
  only: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, develop: {watch: [{path: ./flag, action: restart}]}}
  told:
    image: busybox
    command: sleep 600
    init: true
    develop:
      watch:
        - {path: ./told, action: sync+exec, target: /told, exec: {command: [sh, -c, 'cat /told/x > $$WHERE; echo read; pwd'], environment: [WHERE=/read], working_dir: /tmp}}
'@ -File @{ 'conf/x' = '1'; 'flag/x' = '1'; 'told/x' = '1' }
        $watch = Start-Watch
        $started = { param($name) (Get-Inspected $project $name).State.StartedAt }
        $both, $only, $told = 'both-1', 'only-1', 'told-1' | ForEach-Object { & $started $_ }

        Set-Content "$($project.Folder)/conf/x" -Value 'new'
        $null = Wait-WatchEvent $watch { $_.Action -eq 'Restart' -and $_.Service -eq 'both' }
        & $started both-1 | Should -Not -Be $both
        Start-Sleep -Seconds 1
        @(Get-WatchEvent $watch | Where-Object { $_.Action -eq 'Restart' -and $_.Service -eq 'both' }).Count | Should -Be 1
        Invoke-Docker cp "$($project.Name)-both-1:/conf/x" "$($project.Folder)/copied"
        Get-Content "$($project.Folder)/copied" | Should -Be 'new'

        Set-Content "$($project.Folder)/flag/x" -Value 'new'
        $null = Wait-WatchEvent $watch { $_.Action -eq 'Restart' -and $_.Service -eq 'only' }
        & $started only-1 | Should -Not -Be $only
        @(Get-WatchEvent $watch | Where-Object { $_.Action -eq 'Sync' -and $_.Service -eq 'only' }) | Should -BeNullOrEmpty

        Set-Content "$($project.Folder)/told/x", "$($project.Folder)/told/y" -Value 'new'
        $event = Wait-WatchEvent $watch { $_.Action -eq 'Exec' }
        $event.ExitCode | Should -Be 0
        $event.Output | Should -Be "read`n/tmp"
        Invoke-Docker exec "$($project.Name)-told-1" cat /read | Should -Be 'new'
        & $started told-1 | Should -Be $told
    }

    It 'rebuilds and recreates, heeds .dockerignore, and removes what the rebuild left' {
        $project = New-TestProject @'
services:
  web:
    build: .
    command: sleep 600
    init: true
    stop_grace_period: 0s
    develop: {watch: [{path: ., action: rebuild}]}
  other: {image: busybox, command: sleep 600, init: true}
'@ -File @{ Dockerfile = "FROM busybox`nCOPY in /in`n"; in = 'one'; '.dockerignore' = "*.md`n" }
        $watch = Start-Watch
        $image = Invoke-Docker inspect --format '{{.Image}}' "$($project.Name)-web-1"
        $other = Invoke-Docker inspect --format '{{.Id}}' "$($project.Name)-other-1"

        Set-Content "$($project.Folder)/README.md" -Value 'ignored'
        Start-Sleep -Seconds 2
        @(Get-WatchEvent $watch | Where-Object Action -EQ 'Rebuild') | Should -BeNullOrEmpty
        Set-Content "$($project.Folder)/in" -Value 'two'
        (Wait-WatchEvent $watch { $_.Action -eq 'Rebuild' } -Seconds 90).Service | Should -Be 'web'
        Invoke-Docker exec "$($project.Name)-web-1" cat /in | Should -Be 'two'
        Invoke-Docker inspect --format '{{.Id}}' "$($project.Name)-other-1" | Should -Be $other
        Start-Sleep -Seconds 1
        Invoke-Docker images -a --no-trunc -q | Should -Not -Contain $image
    }

    It 'goes on after a rebuild that fails' {
        $project = New-TestProject "services:`n  web: {build: ., command: sleep 600, init: true, stop_grace_period: 0s, develop: {watch: [{path: ./Dockerfile, action: rebuild}]}}`n" -File @{ Dockerfile = "FROM busybox`n" }
        $watch = Start-Watch "Watch-ComposeProject -Path '$($project.Path)' -NoPrune"
        $image = Invoke-Docker inspect --format '{{.Image}}' "$($project.Name)-web-1"
        Set-Content "$($project.Folder)/Dockerfile" -Value "FROM busybox`nRUN false`n"
        foreach ($attempt in 1..300) { if ($watch.Shell.Streams.Error.Count) { break }; Start-Sleep -Milliseconds 100 }
        $watch.Shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'WatchRebuildFailed,*'
        Set-Content "$($project.Folder)/Dockerfile" -Value "FROM busybox`nRUN echo right > /right`n"
        $null = Wait-WatchEvent $watch { $_.Action -eq 'Rebuild' } -Seconds 90
        Invoke-Docker exec "$($project.Name)-web-1" cat /right | Should -Be 'right'
        Invoke-Docker images -a --no-trunc -q | Should -Contain $image
        $null = Invoke-Docker image rm $image
    }

    It 'copies everything at first where initial_sync says so, by the include patterns' {
        $project = New-TestProject @'
services:
  web: {image: busybox, command: sleep 600, init: true, develop: {watch: [{path: ./src, action: sync, target: /app, initial_sync: true, include: ["**/*.txt"]}]}}
'@ -File @{ 'src/a.txt' = 'one'; 'src/deep/b.txt' = 'two'; 'src/c.md' = 'no'; 'src/.git/HEAD.txt' = 'no' }
        $watch = Start-Watch
        $event = Wait-WatchEvent $watch { $_.Action -eq 'InitialSync' }
        $event.Changed | Should -Be @("$($project.Folder)/src/a.txt", "$($project.Folder)/src/deep/b.txt")
        Invoke-Docker exec "$($project.Name)-web-1" find /app -type f | Sort-Object |
            Should -Be @('/app/a.txt', '/app/deep/b.txt')
    }

    It 'starts nothing with -NoUp, watches the named service alone, and tells what it cannot do' {
        $project = New-TestProject @'
services:
  web: {image: busybox, command: sleep 600, init: true, develop: {watch: [{path: ./src, action: sync, target: /app}]}}
  other: {image: busybox, command: sleep 600, init: true, develop: {watch: [{path: ./other, action: sync, target: /app}]}}
'@ -File @{ 'src/a' = '1'; 'other/a' = '1' }
        $watch = Start-Watch "Watch-ComposeProject -Path '$($project.Path)' web -NoUp"
        Get-ComposeContainer -Path $project.Path -All | Should -BeNullOrEmpty
        @(Get-WatchEvent $watch).Service | Should -Be 'web'
        Set-Content "$($project.Folder)/src/a" -Value '2'
        foreach ($attempt in 1..600) { if ($watch.Shell.Streams.Error.Count) { break }; Start-Sleep -Milliseconds 100 }
        $watch.Shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
        $null = Invoke-ComposeUp -Path $project.Path
        Set-Content "$($project.Folder)/src/a", "$($project.Folder)/other/a" -Value '3'
        $null = Wait-WatchEvent $watch { $_.Action -eq 'Sync' }
        Invoke-Docker exec "$($project.Name)-web-1" cat /app/a | Should -Be '3'
        { Invoke-Docker exec "$($project.Name)-other-1" cat /app/a } | Should -Throw
    }

    It 'leaves a path that is mounted already to the mount, with a warning' {
        $project = New-TestProject @'
services:
  web: {image: busybox, command: sleep 600, init: true, volumes: ["./src:/app"], develop: {watch: [{path: ./src/deep, action: sync, target: /app/deep}]}}
'@ -File @{ 'src/deep/a' = '1' }
        Watch-ComposeProject -Path $project.Path -NoUp -ErrorAction SilentlyContinue -ErrorVariable problem -WarningAction SilentlyContinue -WarningVariable warning
        $warning | Should -BeLike "*bind-mounted*"
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NothingToWatch,*'
    }

    It 'is one error: <Id>' -TestCases @(
        @{ Id = 'NothingToWatch'; Compose = "services:`n  web: {image: busybox}`n" }
        @{ Id = 'WatchNeedsBuild'; Compose = "services:`n  web: {image: busybox, develop: {watch: [{path: ., action: rebuild}]}}`n" }
        @{ Id = 'WatchNeedsCommand'; Compose = "services:`n  web: {image: busybox, develop: {watch: [{path: ., action: sync+exec, target: /x}]}}`n" }
    ) {
        $project = New-TestProject $Compose
        Watch-ComposeProject -Path $project.Path -NoUp -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'is the only one to watch the project, and lets go when it ends' {
        $project = New-TestProject "services:`n  web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, develop: {watch: [{path: ., action: sync, target: /x}]}}`n"
        $watch = Start-Watch
        Watch-ComposeProject -Path $project.Path -NoUp -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AlreadyWatched,*'
        if ($env:COMPOSE_PEER) {
            { Invoke-Peer $project watch --no-up } | Should -Throw '*lock*'
        }

        $null = Stop-Watch $watch
        $watch = Start-Watch
        $watch.Shell.Streams.Error.Count | Should -Be 0
    }

    It 'misses nothing that changes while the project is brought up, and brings nothing up in vain' {
        $project = New-TestProject "services:`n  web: {build: {dockerfile_inline: `"FROM busybox\nRUN sleep 3\nCOPY in /in`"}, command: sleep 600, init: true, stop_grace_period: 0s, develop: {watch: [{path: ./in, action: sync, target: /in}]}}`n" -File @{ in = 'one' }
        $shell = [powershell]::Create().AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; Watch-ComposeProject -Path '$($project.Path)'")
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $null = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
        $watch = [pscustomobject]@{ Shell = $shell; Output = $output }
        Start-Sleep -Seconds 3
        Set-Content "$($project.Folder)/in" -Value 'two'
        $null = Wait-WatchEvent $watch { $_.Action -eq 'Sync' } -Seconds 90
        Invoke-Docker exec "$($project.Name)-web-1" cat /in | Should -Be 'two'
        $null = Stop-Watch $watch
        Remove-TestProject $project

        $project = New-TestProject "services:`n  web: {image: busybox, command: sleep 600, develop: {watch: [{path: ., action: rebuild}]}}`n"
        Watch-ComposeProject -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'WatchNeedsBuild,*'
        Get-ComposeContainer -Path $project.Path -All | Should -BeNullOrEmpty
        $watch = $null
    }

    It 'restarts what asks for it after a rebuild, and nothing else' {
        $project = New-TestProject @'
services:
  db: {build: ., command: sleep 600, init: true, stop_grace_period: 0s, develop: {watch: [{path: ./in, action: rebuild}]}}
  web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, depends_on: {db: {condition: service_started, restart: true}}}
  other: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, depends_on: [db]}
'@ -File @{ Dockerfile = "FROM busybox`nCOPY in /in`n"; in = 'one' }
        $watch = Start-Watch
        $web, $other = 'web-1', 'other-1' | ForEach-Object { (Get-Inspected $project $_).State.StartedAt }
        Set-Content "$($project.Folder)/in" -Value 'two'
        (Wait-WatchEvent $watch { $_.Action -eq 'Restart' } -Seconds 90).Service | Should -Be 'web'
        (Get-Inspected $project web-1).State.StartedAt | Should -Not -Be $web
        (Get-Inspected $project other-1).State.StartedAt | Should -Be $other
    }

    It 'copies with the next change what could not be copied' {
        $project = New-TestProject "services:`n  web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, develop: {watch: [{path: ./src, action: sync, target: /app}]}}`n" -File @{ 'src/a' = '1'; 'src/b' = '1' }
        $watch = Start-Watch
        $null = Invoke-Docker rm -f "$($project.Name)-web-1"
        Set-Content "$($project.Folder)/src/a" -Value '2'
        foreach ($attempt in 1..600) { if ($watch.Shell.Streams.Error.Count) { break }; Start-Sleep -Milliseconds 100 }
        $watch.Shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
        $null = Invoke-ComposeUp -Path $project.Path
        Set-Content "$($project.Folder)/src/b" -Value '2'
        (Wait-WatchEvent $watch { $_.Action -eq 'Sync' }).Changed |
            Should -Be @("$($project.Folder)/src/a", "$($project.Folder)/src/b")
        Invoke-Docker exec "$($project.Name)-web-1" cat /app/a /app/b | Should -Be @('2', '2')
    }

    It 'runs the command for files that are mounted, and reads the names of before the specification' {
        $project = New-TestProject @'
services:
  told:
    image: busybox
    command: sleep 600
    init: true
    stop_grace_period: 0s
    volumes: ["./told:/told"]
    develop: {watch: [{path: ./told, action: sync+exec, target: /told, exec: {command: [sh, -c, 'cat /told/x > /read']}}]}
  old:
    image: busybox
    command: sleep 600
    init: true
    stop_grace_period: 0s
    x-develop: {watch: [{path: ./old, action: sync, target: /old, x-initialSync: true}]}
'@ -File @{ 'told/x' = '1'; 'old/x' = '1' }
        $watch = Start-Watch
        $warnings = "$($watch.Shell.Streams.Warning.ReadAll())"
        $warnings | Should -Match 'bind-mounted already, and is not copied'
        $warnings | Should -Match 'x-develop of service .old. is an old name'
        (Wait-WatchEvent $watch { $_.Action -eq 'InitialSync' }).Service | Should -Be 'old'
        Set-Content "$($project.Folder)/told/x" -Value 'new'
        (Wait-WatchEvent $watch { $_.Action -eq 'Exec' }).ExitCode | Should -Be 0
        Invoke-Docker exec "$($project.Name)-told-1" cat /read | Should -Be 'new'
        @(Get-WatchEvent $watch | Where-Object { $_.Action -eq 'Sync' -and $_.Service -eq 'told' }) | Should -BeNullOrEmpty
        Invoke-Docker exec "$($project.Name)-old-1" cat /old/x | Should -Be '1'
    }

    It 'watches nothing under -WhatIf' {
        $project = New-TestProject "services:`n  web: {image: busybox, develop: {watch: [{path: ., action: sync, target: /x}]}}`n"
        Watch-ComposeProject -Path $project.Path -WhatIf | Should -BeNullOrEmpty
        Get-ComposeContainer -Path $project.Path -All | Should -BeNullOrEmpty
    }
}
