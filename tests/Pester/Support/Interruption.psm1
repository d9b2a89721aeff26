# Cases for tests that stop a pipeline, or the engine, in the middle of an operation.
Import-Module -Name $PSScriptRoot/Support.psm1
Import-Module -Name $PSScriptRoot/EngineProxy.psm1

function Get-InterruptionRow {
    $rows = @{}
    # NAME, FILE and FOLDER are replaced by the project's. A row is stopped after a request that matches Ready, or after as
    # many objects as Output. Hold is a request that is never forwarded, HoldAnswer one whose response is withheld; Pace slows
    # the traffic down.
    $rows.Streams = @(
        @{ Name = 'a followed log'; Script = 'Get-ComposeLog -ProjectName NAME -Follow'; Output = 3 }
        @{ Name = 'a followed log whose reader is slow';
            Script = 'Get-ComposeLog -ProjectName NAME -Follow | ForEach-Object { Start-Sleep -Milliseconds 50; $_ }';
            Output = 3 }
        @{ Name = 'a log whose end does not come'; Script = 'Get-ComposeLog -ProjectName NAME'; HoldAnswer = '/logs\?';
            Ready = '/logs\?' }
        @{ Name = 'followed events'; Script = 'Get-ComposeEvent -ProjectName NAME -Follow'; Ready = '/events' }
        @{ Name = 'events until a time to come'; Script = 'Get-ComposeEvent -ProjectName NAME -Until ([DateTime]::Now.AddMinutes(9))'; Ready = '/events' }
        @{ Name = 'followed stats'; Script = 'Get-ComposeStats -ProjectName NAME -Follow'; Ready = '/stats' }
        @{ Name = 'one sample of stats'; Script = 'Get-ComposeStats -ProjectName NAME'; Ready = '/stats' }
    )
    $rows.Commands = @(
        @{ Name = 'a command'; Script = 'Invoke-ComposeExec -ProjectName NAME web -- sh -c "while sleep 0.05; do echo tick; done"'; Ready = '/exec/\w+/start' }
        @{ Name = 'a streamed command'; Script = 'Invoke-ComposeExec -ProjectName NAME web -Stream -- sh -c "while sleep 0.05; do echo tick; done"'; Output = 3 }
        @{ Name = 'a command with a terminal'; Script = 'Invoke-ComposeExec -ProjectName NAME web -Tty -- sh -c "while sleep 0.05; do echo tick; done"'; Ready = '/exec/\w+/start' }
        @{ Name = 'a command that writes a file'; Script = 'Invoke-ComposeExec -ProjectName NAME web -OutFile FOLDER/out -- sh -c "while sleep 0.05; do echo tick; done"'; Ready = '/exec/\w+/start' }
        @{ Name = 'a command that is fed'; Script = '1..9 | Invoke-ComposeExec -ProjectName NAME web -- sh -c "while sleep 0.05; do echo tick; done"'; Ready = '/exec/\w+/start' }
        @{ Name = 'a one-off'; Script = 'Invoke-ComposeRun -Path FILE web -Remove'; Ready = '/start' }
        @{ Name = 'a streamed one-off'; Script = 'Invoke-ComposeRun -Path FILE web -Remove -Stream'; Output = 3 }
        @{ Name = 'a one-off whose dependency is not ready'; Script = 'Invoke-ComposeRun -Path FILE needs -Remove';
            Ready = '/events' }
        @{ Name = 'an attached container'; Script = 'Connect-ComposeService -ProjectName NAME web -NoSignalProxy'; Output = 3 }
        @{ Name = 'an attached container that gets the signal'; Script = 'Connect-ComposeService -ProjectName NAME deaf';
            Output = 3 }
    )
    $rows.Waits = @(
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
        @{ Name = 'a watch that brings up'; Script = 'Watch-ComposeProject -Path FILE built'; HoldAnswer = '/build\?';
            Ready = '/build\?' }
    )
    $rows.Changes = @(
        @{ Name = 'a stop with a long grace'; Script = 'Stop-ComposeService -ProjectName NAME deaf -Timeout 600';
            Hold = '/stop\?'; Ready = '/stop\?' }
        @{ Name = 'a kill'; Script = 'Stop-ComposeService -ProjectName NAME deaf -Kill'; Hold = '/kill\?'; Ready = '/kill\?' }
        @{ Name = 'a restart with a long grace'; Script = 'Restart-ComposeService -ProjectName NAME deaf -Timeout 600';
            Hold = '/restart\?'; Ready = '/restart\?' }
        @{ Name = 'a pause'; Script = 'Suspend-ComposeService -ProjectName NAME deaf'; Hold = '/pause'; Ready = '/pause' }
        @{ Name = 'the end of a pause'; Script = 'Resume-ComposeService -ProjectName NAME still'; Hold = '/unpause';
            Ready = '/unpause' }
        @{ Name = 'a removal of containers'; Script = 'Remove-ComposeService -ProjectName NAME deaf -Stop -Force -Timeout 600';
            Hold = '/stop\?'; Ready = '/stop\?' }
        @{ Name = 'a removal of the project'; Script = 'Remove-ComposeProject -ProjectName NAME -Timeout 600';
            Hold = '/stop\?|/unpause|DELETE '; Ready = '/stop\?' }
        @{ Name = 'a scale to none'; Script = 'Set-ComposeScale -ProjectName NAME deaf 0 -Timeout 600'; Hold = '/stop\?';
            Ready = '/stop\?' }
        @{ Name = 'up that creates'; Script = 'Invoke-ComposeUp -Path FILE fresh'; Hold = '/containers/create';
            Ready = '/containers/create' }
        @{ Name = 'up that starts'; Script = 'Invoke-ComposeUp -Path FILE later'; Hold = '/start'; Ready = '/start' }
        @{ Name = 'up that pulls'; Script = 'Invoke-ComposeUp -Path FILE pulled'; HoldAnswer = '/images/create';
            Ready = '/images/create' }
        @{ Name = 'up that builds'; Script = 'Invoke-ComposeUp -Path FILE built'; Ready = '/build\?' }
        @{ Name = 'a pull'; Script = 'Invoke-ComposePull -Path FILE pulled'; HoldAnswer = '/images/create';
            Ready = '/images/create' }
        @{ Name = 'a push'; Script = 'Invoke-ComposePush -Path FILE pushed'; Hold = '/push'; Ready = '/push' }
        @{ Name = 'a build'; Script = 'Invoke-ComposeBuild -Path FILE built'; Ready = '/build\?' }
        @{ Name = 'a build whose context is being sent'; Script = 'Invoke-ComposeBuild -Path FILE heavy'; Ready = '/build\?';
            Pace = 8192 }
    )
    $rows.Copies = @(
        @{ Name = 'a copy into a container'; Script = 'Copy-ComposeItem FOLDER/heavy/large web:/tmp/large -ProjectName NAME';
            Ready = 'PUT .*/archive\?'; Pace = 8192 }
        @{
            Name   = 'a copy of a stream that does not end'
            Script = '$end = [Net.Sockets.Socket]::new("Unix", "Stream", "Unspecified"); $end.Connect([Net.Sockets.UnixDomainSocketEndPoint]::new("FOLDER/engine.sock"))
                , [Net.Sockets.NetworkStream]::new($end, $true) | Copy-ComposeItem -Destination web:/tmp/x -ProjectName NAME'
        }
        @{ Name = 'a copy out of a container'; Script = 'Copy-ComposeItem web:/large FOLDER/stopped -ProjectName NAME';
            Ready = 'GET .*/archive\?'; Pace = 8192 }
        @{ Name = 'a copy as an archive'; Script = 'Copy-ComposeItem web:/large - -ProjectName NAME'; Ready = 'GET .*/archive\?';
            Pace = 8192 }
        @{ Name = 'an export'; Script = 'Export-ComposeContainer web FOLDER/stopped -ProjectName NAME'; Ready = '/export';
            Pace = 8192 }
        @{ Name = 'a commit'; Script = 'Save-ComposeContainer web NAME:saved -ProjectName NAME'; Hold = '/commit';
            Ready = '/commit' }
    )

    $rows
}

# Creates the rows' project: web, deaf, sick, shut and talk are running, still is paused, later is created.
function New-InterruptionProject {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test project')]
    param()

    $project = New-TestProject @'
x-quick: &quick {image: busybox, init: true, stop_grace_period: 0s}
services:
  web: {<<: *quick, command: sh -c 'truncate -s 200M /large; while sleep 0.05; do echo tick; done', develop: {watch: [{path: ./src, action: sync, target: /src}]}}
  deaf: {<<: *quick, command: sh -c 'trap "" INT TERM; while sleep 0.05; do echo tick; done'}
  sick: {<<: *quick, command: sleep 600, healthcheck: {test: "false", interval: 1s, retries: 9999}}
  shut: {<<: *quick, command: sleep 600, ports: ["127.0.0.1::80"]}
  still: {<<: *quick, command: sleep 600}
  talk: {<<: *quick, command: sh, tty: true, stdin_open: true}
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
        'src/Dockerfile' = 'FROM busybox'; 'heavy/Dockerfile' = "FROM busybox`nCOPY large /";
            'built/Dockerfile' = "FROM busybox`nRUN date +%N && sleep 600"
        'bin/docker-credential-asleep' = "#!/bin/sh`nsleep 600`n"; 'docker/config.json' = '{"credsStore": "asleep"}'
    }
    $large = [IO.File]::Create("$($project.Folder)/heavy/large")
    $large.SetLength(200MB)
    $large.Dispose()
    & chmod +x "$($project.Folder)/bin/docker-credential-asleep"
    $null = Invoke-ComposeUp -Path $project.Path -Service web, deaf, sick, shut, still, talk
    $null = Invoke-ComposeUp -Path $project.Path -Service later -NoStart
    $null = Invoke-ComposeBuild -Path $project.Path pushed
    Suspend-ComposeService -Path $project.Path still
    $project
}

# Starts a row in a new runspace, through the proxy, and waits until it is in the middle of its work.
function Start-InterruptionRow {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test runspace')]
    param([hashtable]$Row, $Project, $Proxy)

    $Proxy.Clear()
    $Proxy.Hold = "$($Row.Hold)"
    $Proxy.HoldAnswer = "$($Row.HoldAnswer)"
    $Proxy.Pace = [int]$Row.Pace
    $script = $Row.Script.Replace('NAME', $Project.Name).Replace('FILE', "'$($Project.Path)'").Replace('FOLDER', $Project.Folder)
    $script = "`$ConfirmPreference = 'None'; `$env:DOCKER_HOST = 'unix://$($Proxy.Path)'; Import-Module '$env:COMPOSE_TEST_MODULE'; $script"
    $shell = [powershell]::Create().AddScript($script)
    $output = [Management.Automation.PSDataCollection[psobject]]::new()
    $run = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
    $ready = $false
    foreach ($attempt in 1..600) {
        $ready = if ($Row.Output) { $output.Count -ge $Row.Output } elseif ($Row.Child) { & pgrep -f $Row.Child } elseif ($Row.Ready) { $Proxy.Has($Row.Ready) } else { $attempt -gt 30 }
        if ($ready -or $shell.InvocationStateInfo.State -ne 'Running') { break }
        Start-Sleep -Milliseconds 50
    }

    Start-Sleep -Milliseconds 150
    # Enumerating an open collection would wait for more items.
    $was = "$($shell.InvocationStateInfo.State) $(if ($shell.Streams.Error.Count) { $shell.Streams.Error[0] })".Trim()
    [pscustomobject]@{ Shell = $shell; Run = $run; Output = $output; Ready = [bool]$ready; Was = $was; Script = $script }
}

Export-ModuleMember -Function Get-InterruptionRow, New-InterruptionProject, Start-InterruptionRow
