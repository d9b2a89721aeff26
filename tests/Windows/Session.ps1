# What runs in the pseudo-terminal whose keys inside.sh types: a session in a container. Terminal.Tests.ps1 reads what was on the
# screen.
Import-Module -Name (Get-ChildItem -Path "$PSScriptRoot\..\..\out\Compose" -Filter Compose.psd1 -Recurse)[0].FullName
Import-Module -Name "$PSScriptRoot\Support.psm1"
$text = 'services: {web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s}}'
$folder = New-Folder -File @{ 'compose.yaml' = $text }
$common = @{ Path = "$folder\compose.yaml"; EngineHost = $env:COMPOSE_TEST_ENGINE }
try {
    $null = Invoke-ComposeUp @common
    $null = New-Item -ItemType File -Path Z:\w\results\session.ready
    Enter-ComposeService @common web
    "the session ended with $LASTEXITCODE"
} finally {
    Remove-Folder -Folder $folder -Engine $env:COMPOSE_TEST_ENGINE
}
