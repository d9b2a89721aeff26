<#
.SYNOPSIS
Measures Get-ComposeContainer beside docker compose ps and ConvertFrom-Json, in the same PowerShell: 200 containers.
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

    [int]$Runs = 9
)

$ErrorActionPreference = 'Stop'
Import-Module -Name (Resolve-Path -LiteralPath $Manifest).ProviderPath, $PSScriptRoot/Bench.psm1

Invoke-InProject "services:`n  web: { image: busybox, command: sleep 3600, stop_signal: SIGKILL, scale: 200 }" {
    if (@(Get-ComposeContainer).Count -ne 200 -or @(& $Peer ps --format json | ConvertFrom-Json).Count -ne 200) {
        throw 'Not all containers are there.'
    }

    Compare-Duration { Get-ComposeContainer } { & $Peer ps --format json | ConvertFrom-Json } $Runs |
        Select-Object -Property @{ Name = 'Containers'; Expression = { 200 } }, *
}
