BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-TestedModule
    # What cmdlets return, and what stands inside that and is looked at.
    $returned = (Get-Command -Module Compose).OutputType.Type | Where-Object { $_.Namespace -like 'Compose*' }
    $inside = [Compose.Plan.PlanAction], [Compose.Plan.PlanOperation], [Compose.Plan.FieldChange], [Compose.Execute.ExecutionReport], [Compose.Execute.ActionResult], [Compose.Files.Diagnostic]
    $types = @($returned) + $inside | Sort-Object -Property FullName -Unique | ForEach-Object { @{ Name = $_.FullName; Type = $_ } }
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-TestedModule

    function New-Container([hashtable]$Property = @{}) {
        $all = @{ EngineHost = 'unix:///var/run/docker.sock'; ProjectName = 'shop'; Service = 'web'; Container = 'shop-web-1'; Id = 'a1'; State = 'Running'; Health = 'Unhealthy'; Created = [DateTime]::UtcNow.AddHours(-5) }
        foreach ($entry in $Property.GetEnumerator()) { $all[$entry.Key] = $entry.Value }
        [Compose.State.ComposeContainer]$all
    }

    # Text as the shell would show it: with its colours, or without.
    function Show($Object, [string]$Rendering = 'PlainText') {
        $before = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = $Rendering
        try { $Object | Out-String -Width 200 } finally { $PSStyle.OutputRendering = $before }
    }
}

Describe 'the views of <Name>' -ForEach $types {
    It 'are a table, a list and a wide list, also for what was read back' {
        foreach ($name in $Name, "Deserialized.$Name") {
            $controls = (Get-FormatData -TypeName $name -PowerShellVersion 7.4).FormatViewDefinition.Control
            foreach ($wanted in [Management.Automation.TableControl], [Management.Automation.ListControl], [Management.Automation.WideControl]) {
                $controls | Where-Object { $_ -is $wanted } | Should -Not -BeNullOrEmpty -Because "$name needs a $wanted"
            }
        }
    }

    It 'name properties the type has' {
        $known = $Type.GetProperties().Name
        foreach ($view in (Get-FormatData -TypeName $Name -PowerShellVersion 7.4).FormatViewDefinition) {
            $entries = switch ($view.Control) {
                { $_ -is [Management.Automation.TableControl] } { $_.Rows.Columns.DisplayEntry }
                { $_ -is [Management.Automation.ListControl] } { $_.Entries.Items.DisplayEntry }
                { $_ -is [Management.Automation.WideControl] } { $_.Entries.DisplayEntry }
            }
            foreach ($entry in $entries) {
                $named = if ($entry.ValueType -eq 'Property') { $entry.Value } else { [regex]::Matches($entry.Value, '^[^|]*?\$_\.(\w+)').ForEach({ $_.Groups[1].Value }) }
                foreach ($property in $named) { $known | Should -Contain $property }
            }
        }
    }

    It 'have a set of properties for short lists' {
        $set = (Get-TypeData -TypeName $Name).DefaultDisplayPropertySet
        $set.ReferencedProperties | Should -Not -BeNullOrEmpty
        foreach ($property in $set.ReferencedProperties) { $Type.GetProperties().Name | Should -Contain $property }
    }
}

Describe 'what a view shows' {
    It 'is grouped by project, and names the engine of another machine' {
        $text = Show @((New-Container), (New-Container @{ ProjectName = 'blog'; EngineHost = 'tcp://server:2376' }))
        $text | Should -Match '(?m)^\s*Project: shop\s*$'
        $text | Should -Match 'Project: blog on tcp://server:2376'
    }

    It 'has states in colour where the shell has colours' {
        $text = Show (New-Container) -Rendering Ansi
        $text | Should -Match "$([char]27)\[32mRunning"
        $text | Should -Match "$([char]27)\[31mUnhealthy"
        Show (New-Container) | Should -Not -Match "$([char]27)"
    }

    It 'has no colour where there is no $PSStyle' {
        [Compose.Module.Common.ViewText]::State('Running', $null) | Should -Be 'Running'
    }

    It 'has ages in words, while the property is a time' {
        $container = New-Container
        Show $container | Should -Match ' 5 h '
        $container.Created | Should -BeOfType [DateTime]
        $container | Format-List | Out-String | Should -Match 'Created\s+: \S+ \S+'
    }

    It 'tells a diagnostic''s place' {
        $null = Test-ComposeFile -Path (Join-Path -Path $TestDrive -ChildPath none.yaml) -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -Not -BeNullOrEmpty
        $diagnostic = [Compose.Files.Diagnostic]@{ Id = 'UnknownAttribute'; Severity = 'Error'; Message = 'wrong'; File = 'compose.yaml'; Line = 7; Column = 5 }
        Show $diagnostic | Should -Match 'compose\.yaml:7:5'
    }
}
