# Functions that the test files share: the packed module, temporary projects, and the engine.

# The reasons for which tests may be skipped. A test file sets a variable of one of these names during discovery and uses it
# with -Skip; nothing else may skip a test (Conventions.Tests.ps1). On Debian, where .ci/run sets everything up as root, only
# those with * are skipped.
$absences = @{
    noEngine   = 'no engine for Linux containers answers: the hosted machines with Windows and macOS have none'
    noSocket   = 'no engine answers, or not on a Unix socket, which a second context can be a link to'
    noProc     = 'no engine answers, or there is no /proc to count open connections in'
    noLinux    = 'there is no /proc to count open connections in'
    noUnix     = 'the file system has neither modes, owners nor links that anybody may make'
    noLock     = '* root may write into a directory that is read-only; without modes there is none'
    noTerminal = 'no engine answers, or there is no tmux to be a terminal'
    noRegistry = 'no engine answers, or the program docker-registry is not installed'
    noGit      = 'no engine answers, or git is not installed'
    noProxy    = 'the proxy that counts or cuts requests, with its python3, stands beside the clone and is not here'
    noPeer     = 'docker compose itself is not here'
    noPodman   = 'COMPOSE_TEST_PODMAN names no socket of a Podman that answers; .ci/podman starts one and prints it'
    noSwarm    = 'no engine of one''s own can be started: that takes root on Linux, dockerd and network namespaces'
    noPlatyPS  = 'Microsoft.PowerShell.PlatyPS is not installed'
    noGet      = 'PSResourceGet is not installed: Windows PowerShell comes without it'
    noAnalyzer = '* PSScriptAnalyzer is not installed'
    hasSigner  = 'Set-AuthenticodeSignature exists: what is said where it does not cannot be seen'
    noWindows  = '* it is about Windows PowerShell or what only Windows has'
    noCore     = 'it is about how PowerShell 7 loads or draws, and reads with what only .NET has'
}

Import-Module -Name $PSScriptRoot/../../../tools/Shell/Shell.psm1
Import-Module -Name $PSScriptRoot/SharedShell.psm1

function Get-AbsenceName { $absences.Keys }

# Scales a time limit, written for a shell that starts in 300 ms, by the time that an empty shell took at the start of this run
# (run.ps1), so that tests do not fail on a slow machine or with a PowerShell that is compiled at run time.
function Get-TimeLimit([double]$Milliseconds) {
    $Milliseconds * [Math]::Max(1, [double]$env:COMPOSE_TEST_SHELL_TIME / 300)
}

function Import-TestedModule {
    Import-Module -Name $env:COMPOSE_TEST_MODULE -Force -Global
}

# Whether an engine answers.
function Test-Engine {
    Import-TestedModule
    $null = Get-ComposeProject -ErrorAction SilentlyContinue -ErrorVariable problem
    $problem.Count -eq 0
}

# Writes files to a new directory. The directory's name is the project's.
function New-TestProject {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test folder')]
    param(
        [Parameter(Mandatory)]
        [string]$Compose,

        [hashtable]$File = @{}
    )

    $name = 'pester' + [Guid]::NewGuid().ToString('N').Substring(0, 8)
    $folder = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath $name
    $null = New-Item -Path $folder -ItemType Directory
    Set-Content -Path (Join-Path -Path $folder -ChildPath compose.yaml) -Value $Compose
    foreach ($entry in $File.GetEnumerator()) {
        $path = Join-Path -Path $folder -ChildPath $entry.Key
        $null = New-Item -Path (Split-Path -Path $path) -ItemType Directory -Force
        Set-Content -Path $path -Value $entry.Value
    }

    [pscustomobject]@{
        Name   = $name
        Folder = $folder
        Path   = Join-Path -Path $folder -ChildPath compose.yaml
    }
}

# Removes a project with everything it created, and its directory.
function Remove-TestProject {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test folder')]
    param($Project)

    if ($Project) {
        Remove-ComposeProject -Path $Project.Path -Volume -Image Local -RemoveOrphan -Timeout 0 -Confirm:$false -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        Remove-ComposeProject -ProjectName $Project.Name -Volume -RemoveOrphan -Timeout 0 -Confirm:$false -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        Remove-Item -LiteralPath $Project.Folder -Recurse -Force -ErrorAction SilentlyContinue
    }
}

# Runs docker, so that tests check the engine's state independently of the module.
function Invoke-Docker {
    $output = & docker @args 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "docker $args : $output"
    }

    $output
}

# The output of docker inspect for a container of a project, as an object.
function Get-Inspected {
    param($Project, [string]$Container)

    Invoke-Docker inspect "$($Project.Name)-$Container" | ConvertFrom-Json
}

# Runs docker compose on a project. Returns its output, and throws if it fails.
function Invoke-Peer {
    param($Project)

    $output = & $env:COMPOSE_PEER -p $Project.Name -f $Project.Path @args 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "docker compose $args : $output"
    }

    $output
}

# Waits until the containers of a service have a state: newer engines' lists lag behind their response to a stop.
function Wait-State {
    param($Project, [string]$Service = '*', [string]$State)

    foreach ($attempt in 1..50) {
        $containers = @(Get-ComposeContainer -Path $Project.Path -All -Service $Service)
        if (-not ($containers | Where-Object State -NE $State)) {
            break
        }

        Start-Sleep -Milliseconds 100
    }

    $containers.State
}

Export-ModuleMember -Function Get-ShellCommand, Invoke-NewShell, Invoke-SharedShell, Get-TimeLimit, Get-AbsenceName,
    Get-Inspected, Invoke-Peer, Wait-State, Import-TestedModule, Test-Engine, New-TestProject, Remove-TestProject, Invoke-Docker
