<#
.SYNOPSIS
Measures Get-ComposeLog beside docker compose logs, in the same PowerShell: 600,000 lines of two containers.
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

    [int]$Runs = 5
)

$ErrorActionPreference = 'Stop'
Import-Module -Name (Resolve-Path -LiteralPath $Manifest).ProviderPath
$folder = (New-Item -ItemType Directory -Path (Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath "logbench$PID")).FullName
$service = '{{ image: busybox, command: "sh -c ''seq 1 300000 | sed \"s/^/{0} line of a log, as long as lines are: /\"''" }}'
Set-Content -Path "$folder/compose.yaml" -Value "services:`n  a: $($service -f 'a')`n  b: $($service -f 'b')"

function Measure-Second([scriptblock]$Action) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    & $Action | Out-Null
    $watch.Elapsed.TotalSeconds
}

function Get-Median([double[]]$Value) {
    ($Value | Sort-Object)[[Math]::Floor($Value.Count / 2)]
}

Push-Location -LiteralPath $folder
try {
    $null = Invoke-ComposeUp
    $null = Wait-ComposeService -For Exited
    $null = Get-ComposeLog -Tail 1
    [GC]::Collect()
    $process = [Diagnostics.Process]::GetCurrentProcess()
    $idle = $process.WorkingSet64
    $ours, $theirs = @(), @()
    foreach ($run in 1..$Runs) {
        $ours += Measure-Second { Get-ComposeLog }
        $theirs += Measure-Second { & $Peer logs }
    }

    $process.Refresh()
    $more = $process.PeakWorkingSet64 - $idle
    [pscustomobject]@{
        Lines        = @(Get-ComposeLog | Select-Object -Property Message).Count
        Ours         = [Math]::Round((Get-Median $ours), 2)
        Theirs       = [Math]::Round((Get-Median $theirs), 2)
        Ratio        = [Math]::Round((Get-Median $ours) / (Get-Median $theirs), 2)
        MegabyteMore = [Math]::Round($more / 1MB)
    }
} finally {
    Remove-ComposeProject
    Pop-Location
    Remove-Item -LiteralPath $folder -Recurse -Force
}
