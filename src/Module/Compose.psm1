# The assemblies of each edition stand in a folder of their own. Plain commands alone: method calls and pipelines cost an import 20 ms.
$framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
Import-Module -Name "$PSScriptRoot/bin/$framework/Compose.dll"

# Exported from here, so that removing the module removes the cmdlets; the manifest names them.
Export-ModuleMember -Cmdlet * -Alias *
