BeforeAll {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-TestedModule
    $manifest = Import-PowerShellDataFile -Path $env:COMPOSE_TEST_MODULE
}

Describe 'the module' {
    It 'exports exactly what the manifest names' {
        (Get-Command -Module Compose -CommandType Cmdlet).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'declares what each cmdlet returns' {
        foreach ($command in Get-Command -Module Compose -CommandType Cmdlet) {
            $command.OutputType | Should -Not -BeNullOrEmpty -Because $command.Name
        }
    }

    It 'has views that load' {
        Get-FormatData -TypeName Compose.State.ComposeContainer | Should -Not -BeNullOrEmpty
        Get-FormatData -TypeName Compose.Plan.ComposePlan | Should -Not -BeNullOrEmpty
    }

    It 'ships no automation assembly' {
        Get-ChildItem -Path (Split-Path -Path $env:COMPOSE_TEST_MODULE) -Recurse -Filter System.Management.Automation* | Should -BeNullOrEmpty
    }

    It 'keeps YamlDotNet out of the default load context' {
        $loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'YamlDotNet' -and $_.Location -like "$(Split-Path -Path $env:COMPOSE_TEST_MODULE)*" }
        $null = Test-ComposeFile -Path (Join-Path -Path $PSScriptRoot -ChildPath nothing.yaml) -ErrorAction SilentlyContinue
        foreach ($assembly in $loaded) {
            [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name | Should -Be 'Compose'
        }
    }

    It 'knows its types before any cmdlet has run' {
        $script = "Import-Module '$env:COMPOSE_TEST_MODULE'; [Compose.Model.ComposeProject].FullName"
        & (Get-Process -Id $PID).Path -NoProfile -Command $script | Should -Be 'Compose.Model.ComposeProject'
    }
}
