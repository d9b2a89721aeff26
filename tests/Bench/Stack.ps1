<#
.SYNOPSIS
Measures an unchanged deployment of 50 services beside docker stack deploy, in the same PowerShell. The engine of DOCKER_HOST must be a
manager of a swarm, and have the image busybox.
.PARAMETER Manifest
The packed module's Compose.psd1, built for Release.
.PARAMETER Docker
The path of docker.
.PARAMETER Runs
The number of alternating runs of each side; the medians are compared.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string]$Manifest,

    [Parameter(Mandatory)]
    [string]$Docker,

    [int]$Runs = 9
)

$ErrorActionPreference = 'Stop'
Import-Module -Name (Resolve-Path -LiteralPath $Manifest).ProviderPath, $PSScriptRoot/Bench.psm1

$folder = (New-Item -ItemType Directory -Path (Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath "bench$PID")).FullName
$services = 1..50 | ForEach-Object { "  s${_}: { image: busybox, command: sleep 3600, deploy: { replicas: 0 } }" }
Set-Content -LiteralPath "$folder/compose.yaml" -Value "version: '3.8'`nservices:`n$($services -join "`n")"
$ours = { Invoke-ComposeDeploy -Stack "ours$PID" -Path "$folder/compose.yaml" -ResolveImage Never 3>$null }
$theirs = { & $Docker stack deploy --detach=true --resolve-image never --compose-file "$folder/compose.yaml" "theirs$PID" 2>$null }
try {
    & $ours | Out-Null
    & $theirs | Out-Null
    Compare-Duration $ours $theirs $Runs | Select-Object -Property @{ Name = 'Services'; Expression = { 50 } }, *
} finally {
    Remove-ComposeStack -Stack "ours$PID", "theirs$PID" -Confirm:$false
    Remove-Item -LiteralPath $folder -Recurse -Force
}
