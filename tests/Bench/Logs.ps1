<#
.SYNOPSIS
Measures Get-ComposeLog beside docker compose logs, in the same PowerShell: 600,000 lines of two containers; and how soon -Follow shows a line.
.PARAMETER Manifest
The packed module's Compose.psd1, built for Release.
.PARAMETER Peer
The path of docker-compose.
.PARAMETER Runs
The number of alternating runs of each side; the medians are compared.
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
Import-Module -Name (Resolve-Path -LiteralPath $Manifest).ProviderPath, $PSScriptRoot/Bench.psm1
$writer = '{{ image: busybox, command: "sh -c ''seq 1 300000 | sed \"s/^/{0} line of a log, as long as lines are: /\"''" }}'
$process = [Diagnostics.Process]::GetCurrentProcess()

Invoke-InProject "services:`n  a: $($writer -f 'a')`n  b: $($writer -f 'b')" {
    $null = Wait-ComposeService -For Exited
    $null = Get-ComposeLog -Tail 1
    [GC]::Collect()
    $process.Refresh()
    $idle = $process.WorkingSet64
    $compared = Compare-Duration { Get-ComposeLog } { & $Peer logs } $Runs
    $process.Refresh()
    $peak = $process.PeakWorkingSet64
    [pscustomobject]@{
        Lines        = @(Get-ComposeLog | Select-Object -Property Message).Count
        Ours         = $compared.Ours
        Theirs       = $compared.Theirs
        Ratio        = $compared.Ratio
        MegabyteMore = [Math]::Round(($peak - $idle) / 1MB)
    }
} | Format-List

# The engine stamps a line when it is written, by the same clock where it runs on this machine.
Invoke-InProject "services:`n  t: { image: busybox, command: `"sh -c 'while :; do echo tick; usleep 50000; done'`", stop_grace_period: 0s }" {
    $delays = Get-ComposeLog -Follow -Tail 0 | Select-Object -First 200 |
        ForEach-Object { ([DateTime]::UtcNow - $_.Timestamp).TotalMilliseconds }
    [pscustomobject]@{
        Followed     = $delays.Count
        MedianDelay  = [Math]::Round((Get-Quantile $delays 0.5), 1)
        DelayOf95    = [Math]::Round((Get-Quantile $delays 0.95), 1)
        LongestDelay = [Math]::Round((Get-Quantile $delays 1), 1)
    }
} | Format-List
