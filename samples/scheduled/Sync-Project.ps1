<#
.SYNOPSIS
Brings a project up to date with its compose files, unattended: for Task Scheduler, cron and the like.
.DESCRIPTION
Checks the files, writes the plan, carries it out and waits until everything runs. A transcript has what happened.
Two runs at once are safe: the second finds the first at work and ends.

Exit codes: 0 the project is up to date, or another run is at work; 1 it is not; 2 its files have errors, and nothing was changed.
.PARAMETER Path
The compose files, base first, as full paths: a task starts in a folder of the system.
.PARAMETER LogFolder
Where transcripts and the lock are kept.
.PARAMETER WaitTimeout
How long to wait until everything runs and is healthy, in seconds.
.PARAMETER RegistryCredentialFile
Logins by registry, from files that Export-Clixml wrote under the account of the task: @{ 'registry.example' = 'C:\ProgramData\Compose\registry.xml' }
.PARAMETER KeepDays
How long transcripts are kept.
.EXAMPLE
./Sync-Project.ps1 -Path /srv/shop/compose.yaml -LogFolder /var/log/compose
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string[]]$Path,

    [Parameter(Mandatory)]
    [string]$LogFolder,

    [string]$ProjectName,

    [string[]]$EnvFile,

    [string[]]$Profiles,

    [string]$EngineHost,

    [int]$WaitTimeout = 300,

    [hashtable]$RegistryCredentialFile = @{},

    [int]$KeepDays = 30
)

# Nobody is there to answer or to watch.
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$ProgressPreference = 'SilentlyContinue'

# The lock is a file nobody else can open; it is free again when the process ends, however it ends.
function Open-Lock([string]$File) {
    try {
        [IO.File]::Open($File, 'OpenOrCreate', 'ReadWrite', 'None')
    } catch [IO.IOException] {
        # Held by another run: a violation of sharing or of a lock on Windows, EAGAIN on Linux and macOS. Anything else is a failure.
        if (($_.Exception.HResult -band 0xFFFF) -notin 32, 33, 11, 35) {
            throw
        }
    }
}

# Project and Engine are what the cmdlets are to be given; the answer is the exit code.
function Sync-Project([hashtable]$Project, [hashtable]$Engine, [hashtable]$LoginFile, [int]$Timeout) {
    if (-not (Test-ComposeFile @Project -ErrorAction Continue)) {
        return 2
    }

    Get-ComposePlan @Project @Engine -RemoveOrphan | Out-Host
    $logins = @{}
    foreach ($entry in $LoginFile.GetEnumerator()) {
        $logins[$entry.Key] = Import-Clixml -LiteralPath $entry.Value
    }

    $null = Invoke-ComposeUp @Project @Engine -RemoveOrphan -Wait -WaitTimeout $Timeout -RegistryCredential $logins
    Get-ComposeService @Project @Engine | Out-Host
    0
}

$null = New-Item -ItemType Directory -Path $LogFolder -Force
$LogFolder = (Resolve-Path -LiteralPath $LogFolder).ProviderPath
# One name for all this project leaves here; others may share the folder. In a drive's root the folder's name is C:\, which no
# file can have.
$name = if ($ProjectName) { $ProjectName } else { "$(Split-Path -Path (Split-Path -Path $Path[0]) -Leaf)-$([IO.Path]::GetFileNameWithoutExtension($Path[0]))" }
$name = $name -replace '[\\/:*?"<>|]'
$lock = Open-Lock -File (Join-Path -Path $LogFolder -ChildPath "$name.lock")
if (-not $lock) {
    'Another run is at work.'
    exit 0
}

$null = Start-Transcript -LiteralPath (Join-Path -Path $LogFolder -ChildPath "$name-$(Get-Date -Format yyyyMMdd-HHmmss)-$PID.log")
$code = 1
try {
    if (-not (Get-Module -Name Compose)) {
        Import-Module -Name Compose
    }

    $project = @{ Path = $Path }
    if ($ProjectName) { $project.ProjectName = $ProjectName }
    if ($EnvFile) { $project.EnvFile = $EnvFile }
    if ($Profiles) { $project.Profile = $Profiles }
    $engine = @{}
    if ($EngineHost) { $engine.EngineHost = $EngineHost }
    $code = Sync-Project -Project $project -Engine $engine -LoginFile $RegistryCredentialFile -Timeout $WaitTimeout
} catch {
    # Every error ends the run; it is told whole, and the exit code says so.
    Out-String -InputObject $_ | Out-Host
    Out-Host -InputObject "$($_.FullyQualifiedErrorId): $_"
} finally {
    Out-Host -InputObject "Exit code $code."
    $null = Stop-Transcript
    # Our own alone. One that cannot be removed now is removed by a later run.
    Get-ChildItem -LiteralPath $LogFolder -Filter *.log | Where-Object Name -Match "^$([regex]::Escape($name))-\d{8}-\d{6}-\d+\.log$" |
        Where-Object LastWriteTime -LT (Get-Date).AddDays(-$KeepDays) | Remove-Item -ErrorAction Continue
    $lock.Dispose()
}

exit $code
