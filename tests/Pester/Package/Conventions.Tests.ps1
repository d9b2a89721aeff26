BeforeDiscovery {
    $noCore = $PSVersionTable.PSEdition -ne 'Core'
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
    $manifest = Import-PowerShellDataFile -Path $env:COMPOSE_TEST_MODULE
}

Describe 'the module' {
    It 'exports exactly what the manifest names' {
        (Get-Command -Module Compose -CommandType Cmdlet).Name | Sort-Object |
            Should -Be ($manifest.CmdletsToExport | Sort-Object)
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
        Get-ChildItem -Path (Split-Path -Path $env:COMPOSE_TEST_MODULE) -Recurse -Filter System.Management.Automation* |
            Should -BeNullOrEmpty
    }

    It 'keeps YamlDotNet out of the default load context' -Skip:$noCore {
        # Reading a file is what loads it.
        $file = Join-Path -Path $TestDrive -ChildPath compose.yaml
        Set-Content -Path $file -Value 'services: { web: { image: busybox } }'
        Test-ComposeFile -Path $file | Should -BeTrue
        $folder = Split-Path -Path $env:COMPOSE_TEST_MODULE
        $loaded = [AppDomain]::CurrentDomain.GetAssemblies() |
            Where-Object { $_.GetName().Name -eq 'YamlDotNet' -and $_.Location -like "$folder*" }
        $loaded | Should -Not -BeNullOrEmpty
        foreach ($assembly in $loaded) {
            [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name | Should -Be 'Compose'
        }
    }

    It 'knows its types before any cmdlet has run' {
        $script = "Import-Module '$env:COMPOSE_TEST_MODULE'; [Compose.Model.ComposeProject].FullName"
        Invoke-NewShell -NoProfile -Command $script | Should -Be 'Compose.Model.ComposeProject'
    }
}

Describe 'the tests' {
    It 'are skipped for a reason that Support.psm1 tells, and for no other' {
        $reasons = Get-AbsenceName
        $used = foreach ($file in Get-ChildItem -Path $PSScriptRoot/.. -Filter *.Tests.ps1 -Recurse) {
            $tree = [Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$null)
            foreach ($skip in $tree.FindAll({ param($node) $node -is [Management.Automation.Language.CommandParameterAst] -and
                $node.ParameterName -eq 'Skip' -and $node.Parent.GetCommandName() -in 'Describe', 'Context', 'It' }, $true)) {
                $name = $skip.Argument.VariablePath.UserPath
                $name | Should -BeIn $reasons -Because "$($file.Name):$($skip.Extent.StartLineNumber) skips with $($skip.Extent)"
                # A variable nobody sets would skip nothing.
                $set = $tree.FindAll({ param($node) $node -is [Management.Automation.Language.AssignmentStatementAst] -and
                    "$($node.Left)" -eq "`$$name" }, $true)
                $set | Should -Not -BeNullOrEmpty -Because "$($file.Name) skips with `$$name and never sets it"
                $name
            }
        }

        $reasons | Where-Object { $_ -notin $used } | Should -BeNullOrEmpty -Because 'a reason nobody needs is no reason'
    }
}
