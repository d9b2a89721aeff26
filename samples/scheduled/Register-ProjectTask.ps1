<#
.SYNOPSIS
Registers a Windows task that runs Sync-Project.ps1 when the machine starts and every few minutes.
.DESCRIPTION
The task runs as SYSTEM, needs nobody logged on, is never run twice at once, and is ended after an hour. Run this as administrator.
.PARAMETER Path
The compose files, base first, as full paths.
.PARAMETER LogFolder
Where transcripts and the lock are kept.
.PARAMETER Minutes
How often the project is looked at.
.EXAMPLE
.\Register-ProjectTask.ps1 -Path C:\shop\compose.yaml -LogFolder C:\ProgramData\Compose\shop
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string[]]$Path,

    [Parameter(Mandatory)]
    [string]$LogFolder,

    [string]$TaskName = 'Compose project',

    [int]$Minutes = 15,

    # pwsh.exe where PowerShell 7 shall run it.
    [string]$Shell = 'powershell.exe'
)

$ErrorActionPreference = 'Stop'
# -Command, not -File: only there a list of files is a list. exit hands the script's code on to the task.
# PowerShell takes typographic quotes for quotes, too, so doubling ' alone would let a path end its text; what runs here is
# SYSTEM.
function ConvertTo-Text([string]$Value) {
    $escaped = [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Value)
    "'$escaped'"
}

$quoted = ($Path | ForEach-Object { ConvertTo-Text $_ }) -join ', '
$script = ConvertTo-Text "$PSScriptRoot\Sync-Project.ps1"
$call = "& $script -Path $quoted -LogFolder $(ConvertTo-Text $LogFolder); exit `$LASTEXITCODE"
$action = New-ScheduledTaskAction -Execute $Shell -Argument "-NoProfile -NonInteractive -ExecutionPolicy Bypass -Command `"$call`""
$triggers = @(
    New-ScheduledTaskTrigger -AtStartup
    New-ScheduledTaskTrigger -Once -At (Get-Date).Date -RepetitionInterval (New-TimeSpan -Minutes $Minutes)
)
$settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -StartWhenAvailable -ExecutionTimeLimit (New-TimeSpan -Hours 1)
if ($PSCmdlet.ShouldProcess($TaskName, 'Register the task')) {
    $null = Register-ScheduledTask -TaskName $TaskName -Action $action -Trigger $triggers -Settings $settings -User 'NT AUTHORITY\SYSTEM' -RunLevel Highest -Force
}
