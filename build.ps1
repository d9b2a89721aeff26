<#
.SYNOPSIS
Builds, tests, packs and demonstrates the module.
.DESCRIPTION
Build   compiles everything.
Test    runs the unit tests and, on the packed module, the Pester tests; ends with one line of totals.
EngineTest runs what depends on the engine's release again, on the engine that DOCKER_HOST and COMPOSE_TEST_ENGINE name.
Pack    lays out out/Compose/<version>/ as it ships, and the .nupkg.
Package packs with the help made anew where that can be done, signs with -Certificate, and answers the .nupkg that is to be published.
Demo    brings samples/guestbook up, lists it, scales it, shows its logs and removes it.
Bench   runs the benchmark program.
Help    refreshes docs/en-US from the code and makes src/Module/en-US of it, with Microsoft.PowerShell.PlatyPS.
.EXAMPLE
./build.ps1 -Task Test
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'the functions below use them')]
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pack', 'Package', 'Demo', 'Bench', 'Help', 'EngineTest')]
    [string]$Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string]$Configuration = 'Release',

    # The thumbprint of a code-signing certificate in a store of this user or machine; Package signs with it.
    [string]$Certificate,

    # Who countersigns: what is signed stays valid when the certificate is not any more.
    [uri]$TimestampServer = 'http://timestamp.digicert.com'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
Import-Module -Name $PSScriptRoot/tools/Shell/Shell.psm1 -Force

function Invoke-Program {
    $program, $arguments = $args
    & $program @arguments | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "$program $arguments ended with exit code $LASTEXITCODE."
    }
}

function Invoke-Build {
    Invoke-Program dotnet build Compose.slnx -c $Configuration -v quiet '-clp:NoSummary'
}

function Invoke-Pack {
    Invoke-Build
    Invoke-Program dotnet msbuild src/Module/Compose.csproj '-t:PackModule' "-p:Configuration=$Configuration" '-v:quiet' -nologo
    Get-PackedManifest
}

function Get-PackedManifest {
    $packed = Get-ChildItem -Path out/Compose -Filter Compose.psd1 -Recurse -ErrorAction SilentlyContinue
    $packed | Sort-Object -Property LastWriteTime | Select-Object -Last 1 -ExpandProperty FullName
}

# What is published: signed where a certificate is given, and zipped after that. That it can be signed is known before anything
# is built.
function Invoke-Package {
    $signer = if ($Certificate) { Get-SigningCertificate -Thumbprint $Certificate }
    if (Get-Module -Name Microsoft.PowerShell.PlatyPS -ListAvailable) {
        Invoke-Help
    }

    $manifest = Invoke-Pack
    $null = Test-ModuleManifest -Path $manifest
    if ($signer) {
        Set-ModuleSignature -Folder (Split-Path -Path $manifest) -Signer $signer
        Invoke-Program dotnet msbuild src/Module/Compose.csproj '-t:PackNupkg' "-p:Configuration=$Configuration" '-v:quiet' -nologo
    }

    Get-ChildItem -Path out -Filter *.nupkg
}

function Get-SigningCertificate {
    param([string]$Thumbprint)

    if (-not (Get-Command -Name Set-AuthenticodeSignature -ErrorAction SilentlyContinue)) {
        throw 'Signing needs Windows: Set-AuthenticodeSignature exists there only. Package without -Certificate here, or sign on Windows.'
    }

    # Copied out of a dialog it has spaces, and a mark of direction that nobody sees.
    $wanted = $Thumbprint -replace '[^0-9a-f]'
    $found = Get-ChildItem -Path Cert:\CurrentUser\My, Cert:\LocalMachine\My -CodeSigningCert |
        Where-Object Thumbprint -EQ $wanted | Select-Object -First 1
    if (-not $found) {
        throw "There is no code-signing certificate with the thumbprint '$Thumbprint' in the stores of this user and this machine."
    }

    if (-not $found.HasPrivateKey) {
        throw "The certificate '$($found.Subject)' has no private key here, so nothing can be signed with it."
    }

    $found
}

# Ours alone: what others made carries their own signature or none. The manifest comes last: with it the module is whole.
function Set-ModuleSignature {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a build step')]
    param([string]$Folder, $Signer)

    foreach ($kind in 'Compose*.dll', '*.psm1', '*.ps1xml', '*.psd1') {
        foreach ($file in Get-ChildItem -Path $Folder -Recurse -Filter $kind | Sort-Object -Property FullName) {
            $signature = Set-AuthenticodeSignature -FilePath $file.FullName -Certificate $Signer -HashAlgorithm SHA256 -IncludeChain NotRoot -TimestampServer $TimestampServer
            if ($signature.Status -ne 'Valid') {
                throw "$($file.FullName) could not be signed: $($signature.StatusMessage)"
            }

            if (-not $signature.TimeStamperCertificate) {
                throw "$($file.FullName) was signed, but $TimestampServer did not countersign it."
            }
        }
    }
}

# An engine is set up where that can be done; false where the user has to.
function Start-Engine {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a build step')]
    param()

    if ([IO.Path]::DirectorySeparatorChar -eq '\') {
        return Test-Path -LiteralPath '\\.\pipe\docker_engine'
    }

    & bash .ci/engine | Write-Information -InformationAction Continue
    $LASTEXITCODE -eq 0
}

function Invoke-Test {
    $manifest = Invoke-Pack
    if (-not (Start-Engine)) {
        Write-Warning 'No engine answers: the tests that need one are skipped.'
    }

    # A room whose unit tests another task of the same run has (EngineTest).
    $rest = if ($env:COMPOSE_TEST_LATER) { "FullyQualifiedName!~$env:COMPOSE_TEST_LATER" }
    Write-Total (@(Invoke-UnitTest -Filter $rest) + @(Invoke-DesktopTest) + @(Invoke-PesterTest -Manifest $manifest))
}

# The line of totals; a failed test makes the build fail.
function Write-Total {
    param([object[]]$Total)

    $passed = ($Total | Measure-Object -Property Passed -Sum).Sum
    $failed = ($Total | Measure-Object -Property Failed -Sum).Sum
    $skipped = ($Total | Measure-Object -Property Skipped -Sum).Sum
    "$passed passed, $failed failed, $skipped skipped"
    if ($failed -gt 0) {
        exit 1
    }
}

function Invoke-UnitTest {
    param([string]$Filter)

    $output = @()
    $only = if ($Filter) { '--filter', $Filter }
    $logger = '--logger', 'console;verbosity=minimal'
    & dotnet test tests/Unit/Compose.Tests.csproj -c $Configuration --no-build -nologo @only @logger |
        Tee-Object -Variable output | Out-Host
    ConvertTo-Total -Runner Unit -Line ($output -match 'Failed: +\d+, Passed: +\d+') -ExitCode $LASTEXITCODE
}

# The same tests on .NET Framework: Windows has it, elsewhere mono stands in.
function Invoke-DesktopTest {
    $windows = [IO.Path]::DirectorySeparatorChar -eq '\'
    if (-not $windows -and -not (Get-Command -Name mono -CommandType Application -ErrorAction SilentlyContinue)) {
        Write-Warning 'mono is not installed: the tests on .NET Framework are skipped.'
        return
    }

    & dotnet build tests/Desktop/Compose.Tests.Desktop.csproj -c $Configuration -v quiet -nologo '-clp:NoSummary' | Out-Host
    $output = @()
    if ($LASTEXITCODE -eq 0) {
        $command = @(if (-not $windows) { 'mono' }) + "tests/Desktop/bin/$Configuration/net472/xunit.console.exe"
        $program, $arguments = $command + "tests/Desktop/bin/$Configuration/net472/Compose.Tests.dll", '-nologo', '-noshadow',
            '-parallel', 'none'
        & $program @arguments | Tee-Object -Variable output | Out-Host
    }

    # "Total: 9, Errors: 0, Failed: 1, Skipped: 2": what passed is what is left.
    $code = $LASTEXITCODE
    $line = $output -match 'Total: \d+, Errors: \d+, Failed: \d+, Skipped: \d+' | Select-Object -Last 1
    if ($line -match 'Total: (\d+), Errors: (\d+), Failed: (\d+), Skipped: (\d+)') {
        $total, $errors, $failed, $skipped = $Matches[1..4] | ForEach-Object { [int]$_ }
        $line = "Failed: $($failed + $errors), Passed: $($total - $failed - $errors - $skipped), Skipped: $skipped"
    }

    ConvertTo-Total -Runner Desktop -Line $line -ExitCode $code
}

# Pester runs in a process of its own: a module's assemblies stay loaded until the process ends.
function Invoke-PesterTest {
    param([string]$Manifest, [string]$Filter = '*')

    $output = @()
    # A program that is given * gets all files of the folder instead, so no filter is passed for all tests.
    $only = @(if ($Filter -ne '*') { '-Filter', $Filter })
    Invoke-NewShell -NoProfile -File tests/Pester/run.ps1 -Manifest $Manifest @only | Tee-Object -Variable output | Out-Host
    ConvertTo-Total -Runner Pester -Line ($output -match '^Pester: \d+ passed') -ExitCode $LASTEXITCODE
}

# What depends on the engine's release, on the engine that DOCKER_HOST and COMPOSE_TEST_ENGINE name, with what was packed before:
# the flows, the engine tests, and the comparison with docker compose.
function Invoke-EngineTest {
    $manifest = Get-PackedManifest
    if (-not $manifest) {
        throw 'Nothing is packed: run the task Test or Pack first.'
    }

    $rooms = 'Engine', 'Execute', 'Images', 'State', 'Streams', 'Swarm' | ForEach-Object { "FullyQualifiedName~Compose.Tests.$_" }
    Write-Total (@(Invoke-UnitTest -Filter ($rooms -join '|')) + @(Invoke-PesterTest -Manifest $manifest -Filter 'Flows.*'))
}

# Reads a runner's closing line. A runner that dies without one counts as one failure.
function ConvertTo-Total {
    param([string]$Runner, [string[]]$Line, [int]$ExitCode)

    $total = @{ Passed = 0; Failed = 0; Skipped = 0 }
    foreach ($name in @($total.Keys)) {
        foreach ($text in $Line) {
            if ($text -match "$name`: +(\d+)|(\d+) $name") {
                $total[$name] += [int]($Matches[1] + $Matches[2])
            }
        }
    }

    if ($ExitCode -ne 0 -and $total.Failed -eq 0) {
        $total.Failed = 1
    }

    $total.Runner = $Runner
    [pscustomobject]$total
}

# What README promises: the main job on the sample, through the packed module's cmdlets.
function Invoke-Demo {
    $manifest = Invoke-Pack
    if (-not (Start-Engine)) {
        throw 'The demo needs a Docker engine.'
    }

    Invoke-Program Invoke-NewShell -NoProfile -File samples/guestbook/demo.ps1 -Manifest $manifest
}

function Invoke-Bench {
    Invoke-Build
    Invoke-Program dotnet run --project tests/Bench -c $Configuration --no-build
}

# Into a process of its own: the module's assemblies stay loaded until the process ends.
function Invoke-Help {
    $manifest = Invoke-Pack
    $summary = "src/Module/bin/$Configuration/net8.0"
    $places = '-Manifest', $manifest, '-Summary', $summary, '-Docs', 'docs/en-US', '-Output', 'src/Module/en-US'
    Invoke-Program Invoke-NewShell -NoProfile -File tools/Help/Build-Help.ps1 @places
}

# Whatever happens, the caller's session ends up where it was.
$noLogo = $env:DOTNET_NOLOGO
Push-Location -LiteralPath $PSScriptRoot
try {
    $env:DOTNET_NOLOGO = '1'
    switch ($Task) {
        'Build' { Invoke-Build }
        'Test' { Invoke-Test }
        'Pack' { Invoke-Pack }
        'Package' { Invoke-Package }
        'Demo' { Invoke-Demo }
        'Bench' { Invoke-Bench }
        'Help' { Invoke-Help }
        'EngineTest' { Invoke-EngineTest }
    }
} finally {
    Pop-Location
    $env:DOTNET_NOLOGO = $noLogo
}
