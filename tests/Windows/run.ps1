<#
.SYNOPSIS
Runs the tests of this folder in PowerShell for Windows, and adds up what the unit tests gave. The total is written into Results\total.
.PARAMETER Filter
Runs the test files whose name matches only.
#>
[CmdletBinding()]
param(
    [string]$Filter = '*',

    [string]$Results = 'Z:\w\results'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$env:COMPOSE_TEST_MODULE = (Get-ChildItem -Path "$PSScriptRoot\..\..\out\Compose" -Filter Compose.psd1 -Recurse)[0].FullName
"$($PSVersionTable.PSVersion) $env:COMPOSE_TEST_MODULE" | Set-Content "$Results\output.txt"
Import-Module $env:COMPOSE_TEST_MODULE
(Get-Command -Module Compose).Count | Add-Content "$Results\output.txt"
if ($env:COMPOSE_TEST_ENGINE) { Get-ComposeVersion -EngineHost $env:COMPOSE_TEST_ENGINE | Out-String | Add-Content "$Results\output.txt" 
 Get-ComposeVersion -EngineHost $env:COMPOSE_TEST_TCP | Out-String | Add-Content "$Results\output.txt" }
