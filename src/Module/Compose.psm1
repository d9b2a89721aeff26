# Each edition has its assemblies in a folder of its own. Method calls or pipelines here would add 20 ms to the import.
$framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
Import-Module -Name "$PSScriptRoot/bin/$framework/Compose.dll"

# The manifest lists the cmdlets; exporting them here too makes Remove-Module remove them.
Export-ModuleMember -Cmdlet * -Alias *
