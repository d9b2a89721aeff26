# A swarm of one node for a test file: an engine of its own in a network namespace, started and ended here.

$newer = if ($env:COMPOSE_PEER) { Join-Path -Path (Split-Path -Path $env:COMPOSE_PEER) -ChildPath dockerd }
$program = @($newer, '/usr/sbin/dockerd', '/usr/bin/dockerd').Where({ $_ -and (Test-Path -LiteralPath $_) }, 'First')[0]

# Whether an engine of one's own can be started: that takes root on Linux, dockerd and network namespaces.
function Test-Swarm {
    if (-not $program -or -not (Test-Path -LiteralPath /proc/self/ns) -or (& id -u) -ne 0) { return $false }
    & unshare --net true 2>$null
    $LASTEXITCODE -eq 0
}

# Starts the engine, with the image of the engine of DOCKER_HOST, and makes it a swarm. Returns its address and process.
function New-Swarm {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'an engine of the test')]
    param()

    $folder = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath ('swarm' + [Guid]::NewGuid().ToString('N').Substring(0, 8))
    $null = New-Item -Path $folder -ItemType Directory
    $address = "unix://$folder/engine.sock"
    $line = "ip link set lo up && PATH=$(Split-Path -Path $program):`$PATH exec $program --host $address --data-root $folder/data --exec-root $folder/exec --pidfile $folder/pid"
    $process = Start-Process -FilePath unshare -ArgumentList '--net', 'sh', '-c', "`"$line`"" -PassThru -RedirectStandardError $folder/log -RedirectStandardOutput $folder/out
    $swarm = [pscustomobject]@{ EngineHost = $address; Process = $process; Folder = $folder }
    foreach ($attempt in 1..300) {
        & docker --host $address version *> $null
        if ($LASTEXITCODE -eq 0) { break }
        if ($process.HasExited) { throw "The engine did not start: $(Get-Content -LiteralPath $folder/log -Tail 5)" }
        Start-Sleep -Milliseconds 200
    }

    & docker save --output $folder/image.tar busybox
    & docker --host $address load --quiet --input $folder/image.tar | Write-Debug
    & docker --host $address swarm init --advertise-addr 127.0.0.1 | Write-Debug
    $swarm
}

# Ends the engine, and removes what it kept.
function Remove-Swarm {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'an engine of the test')]
    param($Swarm)

    & docker --host $Swarm.EngineHost swarm leave --force *> $null
    & kill -TERM (Get-Content -LiteralPath "$($Swarm.Folder)/pid")
    $null = $Swarm.Process.WaitForExit(30000)
    foreach ($mount in (Get-Content -LiteralPath /proc/mounts).ForEach({ $_.Split(' ')[1] }).Where({ $_.StartsWith($Swarm.Folder) })) {
        & umount --lazy $mount
    }

    # Remove-Item follows the links in an engine's layers.
    & rm -rf --one-file-system $Swarm.Folder
}
