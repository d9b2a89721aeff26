<#
.SYNOPSIS
Measures what a user waits for before anything has happened, in processes of their own, in milliseconds: an empty shell, what importing the
module adds to it, and the first Get-ComposeContainer after that.
.PARAMETER Manifest
The packed module's Compose.psd1, built for Release.
.PARAMETER Runs
How often each is measured, in turn; the medians count.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string]$Manifest,

    [int]$Runs = 15
)

$ErrorActionPreference = 'Stop'
Import-Module -Name $PSScriptRoot/Bench.psm1
Import-Module -Name $PSScriptRoot/../../tools/Shell/Shell.psm1
$import = "Import-Module -Name '$((Resolve-Path -LiteralPath $Manifest).ProviderPath)'"
$measure = "$import; (Measure-Command { Get-ComposeContainer -ProjectName nothing }).TotalMilliseconds"
$empty, $imported, $first = @(), @(), @()
foreach ($run in 0..$Runs) {
    $empty += Measure-Millisecond { Invoke-NewShell -NoProfile -NonInteractive -Command '1' }
    $imported += Measure-Millisecond { Invoke-NewShell -NoProfile -NonInteractive -Command $import }
    $first += [double](Invoke-NewShell -NoProfile -NonInteractive -Command $measure)
}

$base = Get-Quantile $empty[1..$Runs] 0.5
[pscustomobject]@{
    EmptyShell            = [Math]::Round($base)
    Import                = [Math]::Round((Get-Quantile $imported[1..$Runs] 0.5) - $base)
    FirstComposeContainer = [Math]::Round((Get-Quantile $first[1..$Runs] 0.5))
}
