<#
.SYNOPSIS
Measures Invoke-ComposeBuild beside docker compose build: a context of many small files, one of which has changed each time.
.PARAMETER Manifest
The packed module's Compose.psd1, built for Release.
.PARAMETER Peer
The path of docker-compose, with docker and docker-buildx beside it.
.PARAMETER Files
How many files the context has.
.PARAMETER Native
Hides docker buildx from our side, so that the context is sent over the Engine API.
.PARAMETER Runs
The number of alternating runs of each side; the medians are compared.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string]$Manifest,

    [Parameter(Mandatory)]
    [string]$Peer,

    [int]$Files = 20000,

    [switch]$Native,

    [int]$Runs = 5
)

$ErrorActionPreference = 'Stop'
Import-Module -Name (Resolve-Path -LiteralPath $Manifest).ProviderPath, $PSScriptRoot/Bench.psm1

$folder = (New-Item -ItemType Directory -Path (Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath "bench$PID")).FullName
$programs = Split-Path -Path $Peer
$path, $configuration = $env:PATH, $env:DOCKER_CONFIG
$null = New-Item -ItemType Directory -Path "$folder/config"
Set-Content -LiteralPath "$folder/config/config.json" -Value (@{ cliPluginsExtraDirs = @($programs) } | ConvertTo-Json)
$env:DOCKER_CONFIG = "$folder/config"
# Different contexts, so that neither side uses the other's build cache.
foreach ($side in 'ours', 'theirs') {
    $context = "$folder/$side"
    foreach ($number in 1..$Files) {
        if ($number % 100 -eq 1) { $null = New-Item -ItemType Directory -Path "$context/$([Math]::Floor($number / 100))" -Force }
        [IO.File]::WriteAllText("$context/$([Math]::Floor(($number - 1) / 100))/$number", "$side $number")
    }

    Set-Content -LiteralPath "$context/Dockerfile" -Value "FROM busybox`nCOPY . /files"
    Set-Content -LiteralPath "$context/compose.yaml" -Value "name: bench$PID$side`nservices: { a: { build: . } }"
}

function Edit-Context {
    param([string]$Side)

    [IO.File]::WriteAllText("$folder/$Side/0/1", [guid]::NewGuid())
    Set-Location -LiteralPath "$folder/$Side"
}

Push-Location
try {
    Compare-Duration {
        Edit-Context ours
        $env:PATH = if ($Native) { '' } else { "$programs$([IO.Path]::PathSeparator)$path" }
        Invoke-ComposeBuild
    } {
        Edit-Context theirs
        $env:PATH = "$programs$([IO.Path]::PathSeparator)$path"
        & $Peer build -q
    } $Runs | Select-Object -Property @{ Name = 'Files'; Expression = { $Files } }, *
} finally {
    foreach ($side in 'ours', 'theirs') {
        Set-Location -LiteralPath "$folder/$side"
        Remove-ComposeProject -Image Local -WarningAction SilentlyContinue
    }

    Pop-Location
    $env:PATH, $env:DOCKER_CONFIG = $path, $configuration
    Remove-Item -LiteralPath $folder -Recurse -Force
}
