<#
.SYNOPSIS
Runs the Pester tests on a packed module; the last line is the total, and the exit code tells whether all passed.
.PARAMETER Manifest
The packed module's Compose.psd1.
.PARAMETER Filter
Runs only the test files whose names match.
.PARAMETER Pester
Pester's manifest; the restored one by default.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string]$Manifest,

    [string]$Filter = '*',

    [string]$Pester
)

$ErrorActionPreference = 'Stop'
$env:COMPOSE_TEST_MODULE = (Resolve-Path -LiteralPath $Manifest).ProviderPath
if (-not $Pester) {
    $Pester = & dotnet msbuild (Join-Path -Path $PSScriptRoot -ChildPath ../Unit/Compose.Tests.csproj) -getProperty:PesterManifest
}

Import-Module -Name $Pester

Import-Module -Name $PSScriptRoot/Support/Support.psm1
$times = foreach ($try in 1..3) { (Measure-Command { Invoke-NewShell -NoProfile -NonInteractive -Command 1 }).TotalMilliseconds }
$env:COMPOSE_TEST_SHELL_TIME = [int]($times | Measure-Object -Minimum).Minimum

$configuration = New-PesterConfiguration
$configuration.Run.Path = @(Get-ChildItem -Path $PSScriptRoot -Filter "$Filter.Tests.ps1" -Recurse | Sort-Object -Property Name |
    ForEach-Object -MemberName FullName)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration
Import-Module -Name $PSScriptRoot/Support/SharedShell.psm1
Stop-SharedShell

$failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
"Pester: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount + $result.NotRunCount) skipped"
exit [int]($failed -gt 0)
