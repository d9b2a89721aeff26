<#
.SYNOPSIS
Brings the guestbook up, lists it, scales it, shows its logs and removes it.
.PARAMETER Manifest
The packed module's Compose.psd1; without it the installed module is used.
#>
[CmdletBinding()]
param([string]$Manifest = 'Compose')

$ErrorActionPreference = 'Stop'
Import-Module -Name $Manifest
$file = Join-Path -Path $PSScriptRoot -ChildPath compose.yaml

'--- What would be done'
Get-ComposePlan -Path $file

'--- Up'
Invoke-ComposeUp -Path $file -Wait | Format-Table

'--- Its services'
Get-ComposeService -Path $file | Format-Table

'--- Three workers instead of two'
Set-ComposeScale -Path $file -Service worker -Replicas 3
Get-ComposeContainer -Path $file | Format-Table

'--- What the workers said'
Get-ComposeLog -Path $file -Service worker -Tail 1 | Format-Table

'--- Removed, with its data'
Remove-ComposeProject -Path $file -Volume -Confirm:$false
Get-ComposeProject -All | Where-Object ProjectName -EQ guestbook
'done'
