# What the test files share: the packed module, a project in a folder of its own, and the engine.

function Import-TestedModule {
    Import-Module -Name $env:COMPOSE_TEST_MODULE -Force -Global
}

# True where an engine answers; the tests that need one are skipped elsewhere.
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

Export-ModuleMember -Function Get-Inspected, Invoke-Peer, Wait-State, Import-TestedModule, Test-Engine, New-TestProject, Remove-TestProject, Invoke-Docker
