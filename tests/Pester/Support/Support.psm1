# What the test files share: the packed module, a project in a folder of its own, and the engine.

# Why a test may be skipped. A file sets a variable of one of these names while its tests are discovered, and -Skip names it; nothing else
# skips a test (Conventions.Tests.ps1). On Debian, where .ci/run sets everything up as root, only what is marked with * is skipped.
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

# A limit is written for a shell that starts in 300 ms, as an installed one does on a quiet machine. It grows with the time an
# empty shell took at the start of this run (run.ps1): a slow machine, or a PowerShell that is compiled as it runs, is not the
# module's fault.
function Get-TimeLimit([double]$Milliseconds) {
    $Milliseconds * [Math]::Max(1, [double]$env:COMPOSE_TEST_SHELL_TIME / 300)
}

function Import-TestedModule {
    Import-Module -Name $env:COMPOSE_TEST_MODULE -Force -Global
}

# True where an engine answers.
function Test-Engine {
    Import-TestedModule
    $null = Get-ComposeProject -ErrorAction SilentlyContinue -ErrorVariable problem
    $problem.Count -eq 0
}

# Writes files into a new folder and answers it. The folder's name is the project's.
function New-TestProject {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'a test folder')]
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

# Removes the project with everything it made, and its folder.
function Remove-TestProject {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'a test folder')]
    param($Project)

    if ($Project) {
        Remove-ComposeProject -Path $Project.Path -Volume -Image Local -RemoveOrphan -Timeout 0 -Confirm:$false -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        Remove-ComposeProject -ProjectName $Project.Name -Volume -RemoveOrphan -Timeout 0 -Confirm:$false -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        Remove-Item -LiteralPath $Project.Folder -Recurse -Force -ErrorAction SilentlyContinue
    }
}

# Asks the engine itself, so that a test does not believe the module about the module.
function Invoke-Docker {
    $output = & docker @args 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "docker $args : $output"
    }

    $output
}

# What inspect tells of one container of a project, as an object.
function Get-Inspected {
    param($Project, [string]$Container)

    Invoke-Docker inspect "$($Project.Name)-$Container" | ConvertFrom-Json
}

# Runs docker compose itself on a project; its output, and an error where it fails.
function Invoke-Peer {
    param($Project)

    $output = & $env:COMPOSE_PEER -p $Project.Name -f $Project.Path @args 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "docker compose $args : $output"
    }

    $output
}

# Waits until the containers of a service are in a state: newer engines' lists lag a moment behind their answer to a stop.
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
