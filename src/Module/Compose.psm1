# The assemblies of each edition stand in a folder of their own.
$framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
$path = [IO.Path]::Combine($PSScriptRoot, 'bin', $framework, 'Compose.dll')

# Exported from here, so that removing the module removes the cmdlets.
Import-Module -Name $path -PassThru | ForEach-Object -Process {
    Export-ModuleMember -Cmdlet @($_.ExportedCmdlets.Keys) -Alias @($_.ExportedAliases.Keys)
}
