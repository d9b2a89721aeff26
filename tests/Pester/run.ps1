<#
.SYNOPSIS
Runs the Pester tests on a packed module; the last line is the total, and the exit code tells whether all passed.
.PARAMETER Manifest
The packed module's Compose.psd1.
.PARAMETER Filter
Runs the test files whose name matches only.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string]$Manifest,

    [string]$Filter = '*'
)

$ErrorActionPreference = 'Stop'
$env:COMPOSE_TEST_MODULE = (Resolve-Path -LiteralPath $Manifest).ProviderPath
Import-Module -Name Pester -MinimumVersion 5.5

$configuration = New-PesterConfiguration
$configuration.Run.Path = @(Get-ChildItem -Path $PSScriptRoot -Filter "$Filter.Tests.ps1" | ForEach-Object -MemberName FullName)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration

$failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
"Pester: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount + $result.NotRunCount) skipped"
exit [int]($failed -gt 0)
