<#
.SYNOPSIS
Measures Get-ComposeContainer beside docker compose ps and ConvertFrom-Json, in the same PowerShell: 200 containers.
.PARAMETER Manifest
The packed module's Compose.psd1, built for Release.
.PARAMETER Peer
The path of docker-compose.
.PARAMETER Runs
How often each is measured, one after the other; the medians count.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string]$Manifest,

    [Parameter(Mandatory)]
    [string]$Peer,

    [int]$Runs = 9
)

$ErrorActionPreference = 'Stop'
Import-Module -Name (Resolve-Path -LiteralPath $Manifest).ProviderPath
$folder = (New-Item -ItemType Directory -Path (Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath "listbench$PID")).FullName
Set-Content -Path "$folder/compose.yaml" -Value "services:`n  web: { image: busybox, command: sleep 3600, stop_signal: SIGKILL, scale: 200 }"

function Measure-Millisecond([scriptblock]$Action) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    if (@(& $Action).Count -ne 200) {
        throw 'Not all containers are there.'
    }

    $watch.Elapsed.TotalMilliseconds
}

function Get-Median([double[]]$Value) {
    ($Value | Sort-Object)[[Math]::Floor($Value.Count / 2)]
}

Push-Location -LiteralPath $folder
try {
    $null = Invoke-ComposeUp
    $ours, $theirs = @(), @()
    foreach ($run in 0..$Runs) {
        $ours += Measure-Millisecond { Get-ComposeContainer }
        $theirs += Measure-Millisecond { & $Peer ps --format json | ConvertFrom-Json }
    }

    # The first of each warms up.
    [pscustomobject]@{
        Containers = 200
        Ours       = [Math]::Round((Get-Median $ours[1..$Runs]))
        Theirs     = [Math]::Round((Get-Median $theirs[1..$Runs]))
        Ratio      = [Math]::Round((Get-Median $ours[1..$Runs]) / (Get-Median $theirs[1..$Runs]), 2)
    }
} finally {
    Remove-ComposeProject
    Pop-Location
    Remove-Item -LiteralPath $folder -Recurse -Force
}
