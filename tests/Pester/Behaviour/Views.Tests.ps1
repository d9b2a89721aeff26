BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noCore = $PSVersionTable.PSEdition -ne 'Core'
    Import-TestedModule
    # What cmdlets return, and what stands inside that and is looked at.
    $returned = (Get-Command -Module Compose).OutputType.Type | Where-Object { $_.Namespace -like 'Compose*' }
    $inside = @(
        [Compose.Plan.PlanAction], [Compose.Plan.PlanOperation], [Compose.Plan.FieldChange]
        [Compose.Execute.ExecutionReport], [Compose.Execute.ActionResult]
        [Compose.Files.Diagnostic]
        [Compose.Model.ServiceDefinition], [Compose.Model.NetworkDefinition]
        [Compose.Model.ModelDefinition], [Compose.Model.VolumeDefinition]
    )
    $types = @($returned) + $inside | Sort-Object -Property FullName -Unique |
        ForEach-Object { @{ Name = $_.FullName; Type = $_ } }
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule

    function New-Container([hashtable]$Property = @{}) {
        $all = @{ EngineHost = 'unix:///var/run/docker.sock'; ProjectName = 'shop'; Service = 'web'; Container = 'shop-web-1';
            Id = 'a1'; State = 'Running'; Health = 'Unhealthy'; Created = [DateTime]::UtcNow.AddHours(-5) }
        foreach ($entry in $Property.GetEnumerator()) { $all[$entry.Key] = $entry.Value }
        [Compose.State.ComposeContainer]$all
    }

    # Text as the shell would show it: with its colours, or without.
    function Show($Object, [string]$Rendering = 'PlainText') {
        if (-not $PSStyle) {
            return $Object | Out-String -Width 200
        }

        $before = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = $Rendering
        try { $Object | Out-String -Width 200 } finally { $PSStyle.OutputRendering = $before }
    }

    # An object of a type with something in every property, as an engine's answer would put it there.
    function New-Filled([type]$Type) {
        $object = [Runtime.Serialization.FormatterServices]::GetUninitializedObject($(if ($Type.IsAbstract) { [Compose.Plan.CreateNetwork] } else { $Type }))
        foreach ($property in $object.GetType().GetProperties()) {
            # Some can only be set where the type itself does.
            $place = if ($property.CanWrite) { $property } else { $object.GetType().GetField("<$($property.Name)>k__BackingField",
                'NonPublic, Instance') }
            $value = if ($place) { New-Value -Name $property.Name -Type $property.PropertyType -Owner $Type }
            if ($null -ne $value) { $place.SetValue($object, $value) }
        }

        if ($object -is [Compose.Execute.ExecutionReport]) {
            $object.Actions.Add((New-Filled ([Compose.Execute.ActionResult])))
            $object.Actions[0].psobject.BaseObject.GetType().GetProperty('Status').SetValue($object.Actions[0], 'Failed')
            $object.Actions[1].psobject.BaseObject.GetType().GetProperty('Status').SetValue($object.Actions[1], 'Skipped')
        }

        $object
    }

    function New-Value([string]$Name, [type]$Type, [type]$Owner) {
        $known = @{ EngineHost = 'tcp://far:2376'; ProjectName = 'shop'; State = 'Running'; Health = 'Unhealthy';
            Id = 'sha256:' + 'ab' * 32; Digest = 'sha256:' + 'cd' * 32 }
        $plain = @{ int = 7; long = 1234567L; double = 12.5; bool = $true; DateTime = [DateTime]::UtcNow.AddHours(-5.5);
            DateTimeOffset = [DateTimeOffset]::UtcNow.AddHours(-5.5); TimeSpan = [TimeSpan]::FromSeconds(90) }
        $inner = [Nullable]::GetUnderlyingType($Type)
        if ($inner) { return New-Value -Name $Name -Type $inner -Owner $Owner }
        if ($Type -eq [string]) { return $(if ($known.ContainsKey($Name)) { $known[$Name] } else { $Name.ToLowerInvariant() }) + $script:Mark }
        foreach ($key in $plain.Keys) { if ($Type -eq ($key -as [type])) { return $plain[$key] } }
        if ($Type.IsEnum) { return [Enum]::GetValues($Type)[0] }
        if ($Type -eq [object]) { return "something$script:Mark" }
        if ($Type.IsArray) { return , [array]::CreateInstance($Type.GetElementType(), 0) }
        if ($Type.IsGenericType) {
            $arguments = $Type.GetGenericArguments()
            if ($arguments.Count -eq 2) {
                $all = [Activator]::CreateInstance([Collections.Generic.Dictionary`2].MakeGenericType($arguments))
                $all.Add("key$script:Mark", $(if ($arguments[1] -eq [string]) { "value$script:Mark" }))
            } else {
                $all = [Activator]::CreateInstance([Collections.Generic.List`1].MakeGenericType($arguments))
                $all.Add((New-Value -Name 'one' -Type $arguments[0] -Owner $Owner))
            }

            return , $all
        }

        # A type inside itself would have no end.
        if ($Type -ne $Owner) { New-Filled $Type }
    }

    function Get-View([string]$Name, [type]$Control) {
        (Get-FormatData -TypeName $Name -PowerShellVersion 7.4).FormatViewDefinition | Where-Object Control -Is $Control |
            Select-Object -First 1
    }

    # What one column or line of a view makes of an object: property and script block alike.
    function Get-Cell($Object, $DisplayEntry) {
        if ($DisplayEntry.ValueType -eq 'Property') { $Object.($DisplayEntry.Value) } else { $Object |
            ForEach-Object ([scriptblock]::Create($DisplayEntry.Value)) }
    }
}

Describe 'the views of <Name>' -ForEach $types {
    It 'are a table, a list and a wide list, also for what was read back' {
        foreach ($name in $Name, "Deserialized.$Name") {
            $controls = (Get-FormatData -TypeName $name -PowerShellVersion 7.4).FormatViewDefinition.Control
            foreach ($wanted in [Management.Automation.TableControl], [Management.Automation.ListControl],
                [Management.Automation.WideControl]) {
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
                $named = if ($entry.ValueType -eq 'Property') { $entry.Value } else { [regex]::Matches($entry.Value,
                    '^[^|]*?\$_\.(\w+)').ForEach({ $_.Groups[1].Value }) }
                foreach ($property in $named) { $known | Should -Contain $property }
            }
        }
    }

    It 'show something of everything, and fail on nothing that is absent' {
        $filled = New-Filled $Type
        $empty = [Runtime.Serialization.FormatterServices]::GetUninitializedObject($filled.GetType())
        $table = Get-View $Name ([Management.Automation.TableControl])
        $list = Get-View $Name ([Management.Automation.ListControl])
        $wide = Get-View $Name ([Management.Automation.WideControl])
        foreach ($entry in @($table.Control.Rows.Columns.DisplayEntry) + @($list.Control.Entries.Items.DisplayEntry) + @($wide.Control.Entries.DisplayEntry)) {
            "$(Get-Cell $filled $entry)" | Should -Not -BeNullOrEmpty -Because "$entry has something to show"
            { Get-Cell $empty $entry } | Should -Not -Throw -Because "$entry may have nothing to show"
        }

        # A table of more columns than people read is a list.
        @($table.Control.Headers).Count | Should -BeLessOrEqual 10
    }

    # A window's title, a bell, a colour, a C1 character, the direction of text, an end of line that none sees.
    It 'have nothing a terminal obeys, whatever the texts hold' {
        $script:Mark = "$([char]27)]0;x$([char]7)$([char]27)[2J$([char]0x9b)31m$([char]0x202e)$([char]0x2028)"
        try { $filled = New-Filled $Type } finally { $script:Mark = '' }
        $written = Join-Path $TestDrive 'marked.xml'
        $filled | Export-Clixml -Path $written
        foreach ($object in $filled, (Import-Clixml -Path $written)) {
            foreach ($view in { $object | Format-Table }, { $object | Format-List }, { $object | Format-Wide }) {
                $shown = & $view | Out-String -Width 2000
                $shown -replace '\x1b\[[0-9;]*m' |
                    Should -Not -Match '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u202e]' -Because "$view shows it"
            }
        }
    }

    It 'have state and health in colour, wherever they stand' {
        foreach ($view in (Get-FormatData -TypeName $Name -PowerShellVersion 7.4).FormatViewDefinition) {
            $entries = switch ($view.Control) {
                { $_ -is [Management.Automation.TableControl] } { $_.Rows.Columns.DisplayEntry }
                { $_ -is [Management.Automation.ListControl] } { $_.Entries.Items.DisplayEntry }
            }
            foreach ($entry in $entries | Where-Object { $_.Value -match '^(\$_\.)?(State|Health|Severity)$' -or
                ($_.Value -eq 'Status' -and $Name -like '*.ActionResult') }) {
                "$entry" | Should -BeNullOrEmpty -Because 'a state is drawn by ViewText.State'
            }
        }
    }

    It 'have sizes and ages in words, while the property is a number or a time' {
        $table = Get-View $Name ([Management.Automation.TableControl])
        $sizes = $Type.GetProperties() | Where-Object {
            $_.PropertyType -in [long], [Nullable[long]] -and
            $_.Name -match '(?<!Context)Size|Bytes|Memory(Usage|Limit)|Rx|Tx|Block'
        }
        foreach ($property in $sizes) {
            $entry = $table.Control.Rows.Columns.DisplayEntry | Where-Object Value -Match "\b$($property.Name)\b"
            if ($entry) { Get-Cell (New-Filled $Type) $entry | Should -Match '^1[.,]\d+ [kKMi]+B$' -Because $property.Name }
        }

        foreach ($property in $Type.GetProperties() | Where-Object Name -EQ Created) {
            $entry = $table.Control.Rows.Columns.DisplayEntry | Where-Object Value -Match '\bCreated\b'
            if ($entry) { Get-Cell (New-Filled $Type) $entry | Should -Be '5 h' }
        }
    }

    It 'are grouped by project and engine' {
        # Streams would begin a new group with every line; a plan, a report and a version are told one at a time, or name their
        # project in the row.
        $alone = 'ComposeLogEntry', 'ComposeEngineEvent', 'ComposeWatchEvent', 'ComposePlan', 'ExecutionReport',
            'ComposeProjectInfo', 'ComposeVersion', 'ComposeStack'
        $properties = $Type.GetProperties().Name
        if ('ProjectName' -in $properties -and $Type.Name -notin $alone) {
            foreach ($control in [Management.Automation.TableControl], [Management.Automation.WideControl]) {
                $group = (Get-View $Name $control).Control.GroupBy
                $group.Label | Should -Be $(if ($Type.Namespace -eq 'Compose.Swarm') { 'Stack' } else { 'Project' })
                $wanted = if ('EngineHost' -in $properties) { 'shop on tcp://far:2376' } else { 'shop' }
                Get-Cell (New-Filled $Type) $group.Expression | Should -Be $wanted
            }
        }
    }

    It 'look the same for what was read back' {
        # What only the type computes is not written by Export-Clixml for all; names of other objects are their text.
        $filled = New-Filled $Type
        $back = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($filled, 3))
        Show ($back | Format-Wide) | Should -Be (Show ($filled | Format-Wide))
        Show ($back | Format-Table) | Should -Be (Show ($filled | Format-Table))
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

    It 'has states in colour where the shell has colours' -Skip:$noCore {
        $text = Show (New-Container) -Rendering Ansi
        $text | Should -Match "$([char]27)\[32mRunning"
        $text | Should -Match "$([char]27)\[31mUnhealthy"
        Show (New-Container) | Should -Not -Match "$([char]27)"
    }

    It 'has a colour for <State>' -Skip:$noCore -ForEach @(
        @{ State = 'Running'; Colour = 32 }, @{ State = 'Healthy'; Colour = 32 }, @{ State = 'Starting'; Colour = 33 },
            @{ State = 'Restarting'; Colour = 33 }, @{ State = 'Paused'; Colour = 33 }
        @{ State = 'Partial'; Colour = 33 }, @{ State = 'Unhealthy'; Colour = 31 }, @{ State = 'Dead'; Colour = 31 }
    ) {
        Show (New-Container @{ State = $State }) -Rendering Ansi | Should -Match "$([char]27)\[$($Colour)m$State$([char]27)\[0m"
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
        $diagnostic = [Compose.Files.Diagnostic]@{ Id = 'UnknownAttribute'; Severity = 'Error'; Message = 'wrong';
            File = 'compose.yaml'; Line = 7; Column = 5 }
        Show $diagnostic | Should -Match 'compose\.yaml:7:5'
    }
}
