# Ctrl+C, which is the pipeline's stop: every cmdlet that streams or waits is left within 200 ms, and no connection, thread, handle or
# program of it stays. A proxy before the engine keeps back what a row wants to be kept waiting for.
BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    $noEngine = -not (Test-Engine) -or -not (Test-Path -Path /proc/self/fd)
    $noTerminal = $noEngine -or -not (Get-Command -Name tmux -ErrorAction SilentlyContinue)
    $noBuildx = $noEngine -or -not (& docker buildx version 2>$null)

    # NAME, FILE and FOLDER stand for the project's. A row is stopped once a request that fits Ready was made, or as many objects as Output
    # says have come back. Hold is a request that never arrives, HoldAnswer one whose answer does not; Pace makes the way there slow.
    $streams = @(
        @{ Name = 'a followed log'; Script = 'Get-ComposeLog -ProjectName NAME -Follow'; Output = 3 }
        @{ Name = 'a followed log whose reader is slow'; Script = 'Get-ComposeLog -ProjectName NAME -Follow | ForEach-Object { Start-Sleep -Milliseconds 50; $_ }'; Output = 3 }
        @{ Name = 'a log whose end does not come'; Script = 'Get-ComposeLog -ProjectName NAME'; HoldAnswer = '/logs\?'; Ready = '/logs\?' }
        @{ Name = 'followed events'; Script = 'Get-ComposeEvent -ProjectName NAME -Follow'; Ready = '/events' }
        @{ Name = 'events until a time to come'; Script = 'Get-ComposeEvent -ProjectName NAME -Until ([DateTime]::Now.AddMinutes(9))'; Ready = '/events' }
        @{ Name = 'followed stats'; Script = 'Get-ComposeStats -ProjectName NAME -Follow'; Ready = '/stats' }
        @{ Name = 'one sample of stats'; Script = 'Get-ComposeStats -ProjectName NAME'; Ready = '/stats' }
    )
    $commands = @(
        @{ Name = 'a command'; Script = 'Invoke-ComposeExec -ProjectName NAME web -- sh -c "while sleep 0.05; do echo tick; done"'; Ready = '/exec/\w+/start' }
        @{ Name = 'a streamed command'; Script = 'Invoke-ComposeExec -ProjectName NAME web -Stream -- sh -c "while sleep 0.05; do echo tick; done"'; Output = 3 }
        @{ Name = 'a command with a terminal'; Script = 'Invoke-ComposeExec -ProjectName NAME web -Tty -- sh -c "while sleep 0.05; do echo tick; done"'; Ready = '/exec/\w+/start' }
        @{ Name = 'a command that writes a file'; Script = 'Invoke-ComposeExec -ProjectName NAME web -OutFile FOLDER/out -- sh -c "while sleep 0.05; do echo tick; done"'; Ready = '/exec/\w+/start' }
        @{ Name = 'a command that is fed'; Script = '1..9 | Invoke-ComposeExec -ProjectName NAME web -- sh -c "while sleep 0.05; do echo tick; done"'; Ready = '/exec/\w+/start' }
        @{ Name = 'a one-off'; Script = 'Invoke-ComposeRun -Path FILE web -Remove'; Ready = '/start' }
        @{ Name = 'a streamed one-off'; Script = 'Invoke-ComposeRun -Path FILE web -Remove -Stream'; Output = 3 }
        @{ Name = 'a one-off whose dependency is not ready'; Script = 'Invoke-ComposeRun -Path FILE needs -Remove'; Ready = '/events' }
        @{ Name = 'an attached container'; Script = 'Connect-ComposeService -ProjectName NAME web -NoSignalProxy'; Output = 3 }
        @{ Name = 'an attached container that gets the signal'; Script = 'Connect-ComposeService -ProjectName NAME deaf'; Output = 3 }
    )
    $waits = @(
        @{ Name = 'a wait until ready'; Script = 'Wait-ComposeService -ProjectName NAME sick'; Ready = '/events' }
        @{ Name = 'a wait until running'; Script = 'Wait-ComposeService -ProjectName NAME later -For Running'; Ready = '/events' }
        @{ Name = 'a wait for health'; Script = 'Wait-ComposeService -ProjectName NAME sick -For Healthy'; Ready = '/events' }
        @{ Name = 'a wait for the end'; Script = 'Wait-ComposeService -ProjectName NAME -For Exited'; Ready = '/events' }
        @{ Name = 'a wait for a port'; Script = 'Wait-ComposeService -ProjectName NAME shut -For Port'; Ready = '/events' }
        @{ Name = 'a wait for a condition'; Script = 'Wait-ComposeService -ProjectName NAME -For { $false }'; Ready = '/events' }
        @{ Name = 'a condition that takes long'; Script = 'Wait-ComposeService -ProjectName NAME web -For { Start-Sleep -Seconds 600 }'; Ready = '/events' }
        @{ Name = 'up that waits for a dependency'; Script = 'Invoke-ComposeUp -Path FILE needs'; Ready = '/events' }
        @{ Name = 'up -Wait'; Script = 'Invoke-ComposeUp -Path FILE sick -Wait'; Ready = '/events' }
        @{ Name = 'up -Attach'; Script = 'Invoke-ComposeUp -Path FILE web -Attach'; Output = 3 }
        @{ Name = 'start -Wait'; Script = 'Start-ComposeService -Path FILE sick -Wait'; Ready = '/events' }
        @{ Name = 'scale that waits for a dependency'; Script = 'Set-ComposeScale -Path FILE needs 2'; Ready = '/events' }
        @{ Name = 'a watch'; Script = 'Watch-ComposeProject -Path FILE -NoUp'; Output = 1 }
        @{ Name = 'a watch that brings up'; Script = 'Watch-ComposeProject -Path FILE built'; HoldAnswer = '/build\?'; Ready = '/build\?' }
    )
    $changes = @(
        @{ Name = 'a stop with a long grace'; Script = 'Stop-ComposeService -ProjectName NAME deaf -Timeout 600'; Hold = '/stop\?'; Ready = '/stop\?' }
        @{ Name = 'a kill'; Script = 'Stop-ComposeService -ProjectName NAME deaf -Kill'; Hold = '/kill\?'; Ready = '/kill\?' }
        @{ Name = 'a restart with a long grace'; Script = 'Restart-ComposeService -ProjectName NAME deaf -Timeout 600'; Hold = '/restart\?'; Ready = '/restart\?' }
        @{ Name = 'a pause'; Script = 'Suspend-ComposeService -ProjectName NAME deaf'; Hold = '/pause'; Ready = '/pause' }
        @{ Name = 'the end of a pause'; Script = 'Resume-ComposeService -ProjectName NAME still'; Hold = '/unpause'; Ready = '/unpause' }
        @{ Name = 'a removal of containers'; Script = 'Remove-ComposeService -ProjectName NAME deaf -Stop -Force -Timeout 600'; Hold = '/stop\?'; Ready = '/stop\?' }
        @{ Name = 'a removal of the project'; Script = 'Remove-ComposeProject -ProjectName NAME -Timeout 600'; Hold = '/stop\?'; Ready = '/stop\?' }
        @{ Name = 'a scale to none'; Script = 'Set-ComposeScale -ProjectName NAME deaf 0 -Timeout 600'; Hold = '/stop\?'; Ready = '/stop\?' }
        @{ Name = 'up that creates'; Script = 'Invoke-ComposeUp -Path FILE fresh'; Hold = '/containers/create'; Ready = '/containers/create' }
        @{ Name = 'up that starts'; Script = 'Invoke-ComposeUp -Path FILE later'; Hold = '/start'; Ready = '/start' }
        @{ Name = 'up that pulls'; Script = 'Invoke-ComposeUp -Path FILE pulled'; HoldAnswer = '/images/create'; Ready = '/images/create' }
        @{ Name = 'up that builds'; Script = 'Invoke-ComposeUp -Path FILE built'; Ready = '/build\?' }
        @{ Name = 'a pull'; Script = 'Invoke-ComposePull -Path FILE pulled'; HoldAnswer = '/images/create'; Ready = '/images/create' }
        @{ Name = 'a push'; Script = 'Invoke-ComposePush -Path FILE pushed'; Hold = '/push'; Ready = '/push' }
        @{ Name = 'a build'; Script = 'Invoke-ComposeBuild -Path FILE built'; Ready = '/build\?' }
        @{ Name = 'a build whose context is being sent'; Script = 'Invoke-ComposeBuild -Path FILE heavy'; Ready = '/build\?'; Pace = 8192 }
    )
    $copies = @(
        @{ Name = 'a copy into a container'; Script = 'Copy-ComposeItem FOLDER/heavy/large web:/tmp/large -ProjectName NAME'; Ready = 'PUT .*/archive\?'; Pace = 8192 }
        @{
            Name   = 'a copy of a stream that does not end'
            Script = '$end = [Net.Sockets.Socket]::new("Unix", "Stream", "Unspecified"); $end.Connect([Net.Sockets.UnixDomainSocketEndPoint]::new("FOLDER/engine.sock"))
                , [Net.Sockets.NetworkStream]::new($end, $true) | Copy-ComposeItem -Destination web:/tmp/x -ProjectName NAME'
        }
        @{ Name = 'a copy out of a container'; Script = 'Copy-ComposeItem web:/large FOLDER/stopped -ProjectName NAME'; Ready = 'GET .*/archive\?'; Pace = 8192 }
        @{ Name = 'a copy as an archive'; Script = 'Copy-ComposeItem web:/large - -ProjectName NAME'; Ready = 'GET .*/archive\?'; Pace = 8192 }
        @{ Name = 'an export'; Script = 'Export-ComposeContainer web FOLDER/stopped -ProjectName NAME'; Ready = '/export'; Pace = 8192 }
        @{ Name = 'a commit'; Script = 'Save-ComposeContainer web NAME:saved -ProjectName NAME'; Hold = '/commit'; Ready = '/commit' }
    )
    $programs = @(
        @{ Name = 'a build by buildx'; Script = 'Invoke-ComposeBuild -Path FILE secret'; Child = 'buildx build' ; Skip = $noBuildx }
        @{ Name = 'a credential helper that does not answer'; Script = 'Invoke-ComposePull -Path FILE pulled'; Child = 'docker-credential-asleep'; Helper = $true; Skip = $false }
    )

    # Every cmdlet that speaks to an engine, before one that does not answer at all.
    $fill = @{
        'Connect-ComposeService' = 'web'; 'Copy-ComposeItem' = 'web:/x FOLDER/x'; 'Export-ComposeContainer' = 'web FOLDER/x'; 'Get-ComposePort' = 'web 80'
        'Invoke-ComposeExec' = 'web true'; 'Invoke-ComposeRun' = 'web'; 'Save-ComposeContainer' = 'web'; 'Set-ComposeScale' = 'web 2'; 'ConvertTo-ComposeFile' = 'web'
    }
    $mute = Get-Command -Module Compose -CommandType Cmdlet |
        Where-Object { $_.Parameters.ContainsKey('EngineHost') -and $_.Name -notin 'Enter-ComposeService', 'Get-ComposeConfig', 'Get-ComposeGraph', 'Test-ComposeFile' } |
        ForEach-Object {
            $path = if ($_.Parameters.ContainsKey('Path')) { '-Path FILE' }
            @{ Name = $_.Name; Script = "$($_.Name) $($fill[$_.Name]) $path"; Hold = '_ping'; Ready = '_ping' }
        }
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/EngineProxy.psm1 -Force
    Import-TestedModule

    # What this process has open.
    function Measure-Handle { [IO.Directory]::GetFiles('/proc/self/fd').Count }

    # The threads of this process: those of the pool that are at work, for the runtime keeps idle ones and compiles in the background as it likes, and all others.
    function Measure-Thread {
        $most = $free = $ports = 0
        [Threading.ThreadPool]::GetMaxThreads([ref]$most, [ref]$ports)
        [Threading.ThreadPool]::GetAvailableThreads([ref]$free, [ref]$ports)
        $others = foreach ($task in [IO.Directory]::GetDirectories('/proc/self/task')) {
            try { [IO.File]::ReadAllText("$task/comm").Trim() } catch [IO.IOException] { Write-Debug -Message "$task is gone" }
        }

        $most - $free + @($others -notmatch '^\.NET (TP|Tiered)').Count
    }

    # Waits until nothing is left over a measure taken before; answers what is left.
    function Wait-Settled([int]$Handles, [int]$Threads) {
        foreach ($attempt in 1..60) {
            $left = [pscustomobject]@{ Handles = (Measure-Handle) - $Handles; Threads = (Measure-Thread) - $Threads }
            if ($left.Handles -le 0 -and $left.Threads -le 0) { break }
            Start-Sleep -Milliseconds 100
        }

        $left
    }

    # Runs a row in a runspace of its own, stops it as Ctrl+C does, and answers how long that took and what is left.
    function Measure-Stop([hashtable]$Row) {
        $proxy.Clear()
        $proxy.Hold = "$($Row.Hold)"
        $proxy.HoldAnswer = "$($Row.HoldAnswer)"
        $proxy.Pace = [int]$Row.Pace
        $script = $Row.Script.Replace('NAME', $project.Name).Replace('FILE', "'$($project.Path)'").Replace('FOLDER', $project.Folder)
        $env:DOCKER_HOST = "unix://$($project.Folder)/engine.sock"
        # The least of a few looks: what the row before has left to do is none of this one's.
        $looks = foreach ($look in 1..5) { [pscustomobject]@{ Handles = Measure-Handle; Threads = Measure-Thread }; Start-Sleep -Milliseconds 20 }
        $handles = ($looks.Handles | Measure-Object -Minimum).Minimum
        $threads = ($looks.Threads | Measure-Object -Minimum).Minimum
        $shell = [powershell]::Create().AddScript("`$ConfirmPreference = 'None'; Import-Module '$env:COMPOSE_TEST_MODULE'; $script")
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $null = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
        $ready = $false
        foreach ($attempt in 1..300) {
            $ready = if ($Row.Output) { $output.Count -ge $Row.Output } elseif ($Row.Child) { & pgrep -f $Row.Child } elseif ($Row.Ready) { $proxy.Has($Row.Ready) } else { $attempt -gt 30 }
            if ($ready -or $shell.InvocationStateInfo.State -ne 'Running') { break }
            Start-Sleep -Milliseconds 50
        }

        Start-Sleep -Milliseconds 150
        # An open collection's enumerator would wait for more.
        $was = "$($shell.InvocationStateInfo.State) $(if ($shell.Streams.Error.Count) { $shell.Streams.Error[0] })"
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $time = $watch.Elapsed.TotalMilliseconds
        $shell.Dispose()
        $proxy.Clear()
        $env:DOCKER_HOST = $engineHost
        $left = Wait-Settled $handles $threads
        [pscustomobject]@{ Ready = [bool]$ready; Was = $was; Milliseconds = $time; Handles = $left.Handles; Threads = $left.Threads; Script = $script }
    }

    # The best of three: the machine may be busy with something else, and what is loaded once, such as a watcher of signals, stays after the first.
    function Assert-Stop([hashtable]$Row) {
        $tries = foreach ($attempt in 1..3) {
            $try = Measure-Stop $Row
            $try
            if ($try.Ready -and $try.Was -like 'Running*' -and $try.Milliseconds -lt 200 -and $try.Handles -le 0 -and $try.Threads -le 0) { break }
        }

        if ($env:COMPOSE_TEST_STOPS) { "$($Row.Name)`t$(@($tries).ForEach({ '{0:0} ms, {1} handles, {2} threads' -f $_.Milliseconds, $_.Handles, $_.Threads }) -join '; ')" >> $env:COMPOSE_TEST_STOPS }
        $tries[-1].Ready | Should -BeTrue -Because "$($tries[-1].Script) was to be in the midst of its work ($($tries[-1].Was))"
        $tries[-1].Was.Trim() | Should -Be 'Running'
        ($tries.Milliseconds | Measure-Object -Minimum).Minimum | Should -BeLessThan 200
        ($tries.Handles | Measure-Object -Minimum).Minimum | Should -BeLessOrEqual 0 -Because 'no connection, file or pipe is left'
        ($tries.Threads | Measure-Object -Minimum).Minimum | Should -BeLessOrEqual 0 -Because 'no thread is left'
    }
}

Describe 'stopping the pipeline' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
x-quick: &quick {image: busybox, init: true, stop_grace_period: 0s}
services:
  web: {<<: *quick, command: sh -c 'truncate -s 200M /large; while sleep 0.05; do echo tick; done', develop: {watch: [{path: ./src, action: sync, target: /src}]}}
  deaf: {<<: *quick, command: sh -c 'trap "" INT TERM; while sleep 0.05; do echo tick; done'}
  sick: {<<: *quick, command: sleep 600, healthcheck: {test: "false", interval: 1s, retries: 9999}}
  shut: {<<: *quick, command: sleep 600, ports: ["127.0.0.1::80"]}
  still: {<<: *quick, command: sleep 600}
  later: {<<: *quick, command: sleep 600}
  needs: {<<: *quick, command: sleep 600, depends_on: {sick: {condition: service_healthy}}}
  fresh: {<<: *quick, command: sleep 600}
  pulled: {image: "localhost:9/nobody/nothing"}
  pushed: {image: "localhost:9/nobody/pushed", build: ./src}
  built: {build: ./built, develop: {watch: [{path: ./src, action: rebuild}]}}
  heavy: {build: ./heavy}
  secret: {build: {context: ./built, secrets: [word]}}
secrets: {word: {file: ./src/Dockerfile}}
'@ -File @{
            'src/Dockerfile' = 'FROM busybox'; 'heavy/Dockerfile' = "FROM busybox`nCOPY large /"; 'built/Dockerfile' = "FROM busybox`nRUN date +%N && sleep 600"
            'bin/docker-credential-asleep' = "#!/bin/sh`nsleep 600`n"; 'docker/config.json' = '{"credsStore": "asleep"}'
        }
        $large = [IO.File]::Create("$($project.Folder)/heavy/large")
        $large.SetLength(200MB)
        $large.Dispose()
        & chmod +x "$($project.Folder)/bin/docker-credential-asleep"
        $null = Invoke-ComposeUp -Path $project.Path -Service web, deaf, sick, shut, still
        $null = Invoke-ComposeUp -Path $project.Path -Service later -NoStart
        $null = Invoke-ComposeBuild -Path $project.Path pushed
        Suspend-ComposeService -Path $project.Path still
        $proxy = New-EngineProxy "$($project.Folder)/engine.sock"
        $engineHost = $env:DOCKER_HOST
    }

    AfterAll {
        $env:DOCKER_HOST = $engineHost
        $proxy.Dispose()
        Remove-TestProject $project
    }

    Context 'that streams' {
        It 'leaves <Name> within 200 ms, and nothing open' -ForEach $streams { Assert-Stop $_ }
    }

    Context 'of a command' {
        It 'leaves <Name> within 200 ms, and nothing open' -ForEach $commands { Assert-Stop $_ }
    }

    Context 'that waits' {
        It 'leaves <Name> within 200 ms, and nothing open' -ForEach $waits { Assert-Stop $_ }
    }

    Context 'that changes something' {
        It 'leaves <Name> within 200 ms, and nothing open' -ForEach $changes { Assert-Stop $_ }
    }

    Context 'that carries files' {
        It 'leaves <Name> within 200 ms, and nothing open' -ForEach $copies { Assert-Stop $_ }
    }

    Context 'whose work another program does' {
        It 'leaves <Name> within 200 ms, nothing open and no program running' -ForEach $programs {
            if ($Skip) { Set-ItResult -Skipped -Because 'docker has no buildx'; return }
            $path = $env:PATH
            try {
                if ($Helper) {
                    $env:PATH = "$($project.Folder)/bin:$path"
                    $env:DOCKER_CONFIG = "$($project.Folder)/docker"
                }

                Assert-Stop $_
            } finally {
                $env:PATH = $path
                $env:DOCKER_CONFIG = $null
            }

            foreach ($attempt in 1..30) {
                if (-not (& pgrep -f $Child)) { break }
                Start-Sleep -Milliseconds 100
            }

            & pgrep -f $Child | Should -BeNullOrEmpty
        }
    }

    Context 'before an engine that does not answer' {
        It 'leaves <Name> within 200 ms, and nothing open' -ForEach $mute { Assert-Stop $_ }
    }

    It 'changed nothing by it' {
        (Get-ComposeContainer -Path $project.Path -Service web, deaf, sick, shut | Select-Object -ExpandProperty State -Unique) | Should -Be 'Running'
        (Get-ComposeContainer -Path $project.Path -Service still).State | Should -Be 'Paused'
    }
}
