@{
    RootModule             = 'Compose.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '6f1d5c1e-3c0a-4f6f-9a55-6d0f5f3b7e21'
    Author                 = 'Compose for PowerShell contributors'
    CompanyName            = 'Compose for PowerShell contributors'
    Copyright              = '(c) Compose for PowerShell contributors. MIT licence.'
    Description            = 'Docker Compose as PowerShell cmdlets: compose files are planned, explained and carried out over the Docker Engine API, and everything comes back as objects. Needs a Docker engine, and neither docker nor docker compose.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    FormatsToProcess       = @('Compose.Format.ps1xml')
    TypesToProcess         = @('Compose.Types.ps1xml')
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Connect-ComposeService'
        'ConvertTo-ComposeFile'
        'Copy-ComposeItem'
        'Enter-ComposeService'
        'Export-ComposeContainer'
        'Get-ComposeConfig'
        'Get-ComposeContainer'
        'Get-ComposeEvent'
        'Get-ComposeGraph'
        'Get-ComposeImage'
        'Get-ComposeLog'
        'Get-ComposeNetwork'
        'Get-ComposeNode'
        'Get-ComposePlan'
        'Get-ComposePort'
        'Get-ComposeProcess'
        'Get-ComposeProject'
        'Get-ComposeService'
        'Get-ComposeStack'
        'Get-ComposeStats'
        'Get-ComposeTask'
        'Get-ComposeVersion'
        'Get-ComposeVolume'
        'Invoke-ComposeBuild'
        'Invoke-ComposeDeploy'
        'Invoke-ComposeExec'
        'Invoke-ComposePull'
        'Invoke-ComposePush'
        'Invoke-ComposeRun'
        'Invoke-ComposeUp'
        'Remove-ComposeProject'
        'Remove-ComposeService'
        'Remove-ComposeStack'
        'Restart-ComposeService'
        'Resume-ComposeService'
        'Save-ComposeContainer'
        'Set-ComposeScale'
        'Start-ComposeService'
        'Stop-ComposeService'
        'Suspend-ComposeService'
        'Test-ComposeFile'
        'Undo-ComposeDeploy'
        'Wait-ComposeService'
        'Watch-ComposeProject'
    )
    VariablesToExport      = @()
    AliasesToExport        = @('compose-up')
    PrivateData            = @{
        PSData = @{
            ProjectUri   = 'https://github.com/compose-for-powershell/compose'
            LicenseUri   = 'https://github.com/compose-for-powershell/compose/blob/main/LICENSE'
            Tags         = @('Docker', 'Compose', 'Containers', 'DevOps', 'Orchestration', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'The first release: what docker compose does, as cmdlets that plan first, explain, and answer with objects. All changes: https://github.com/compose-for-powershell/compose/blob/main/CHANGELOG.md'
        }
    }
}
