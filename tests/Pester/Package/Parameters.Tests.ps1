# Every parameter of every cmdlet is used by some test. What a call binds is asked of PowerShell itself: positions,
# abbreviations and splatted tables count, and so do lines in strings, which run in shells of their own.
BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
    $cmdlets = (Get-Module -Name Compose).ExportedCmdlets.Values.Name
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
    $exported = (Get-Module -Name Compose).ExportedCmdlets
    $used = @{}
    foreach ($name in $exported.Keys) { $used[$name] = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase) }

    # What a script may splat: tables in variables, of loops, and within the tables of test cases, by the name they go by.
    function Get-Table($Tree) {
        $tables = @{}
        $add = { param($Name, $Node) foreach ($table in $Node.FindAll({ param($node) $node -is [Management.Automation.Language.HashtableAst] }, $true)) { $tables[$Name] += @($table.KeyValuePairs.ForEach({ $_.Item1.Extent.Text.Trim("'") })) } }
        foreach ($node in $Tree.FindAll({ $true }, $true)) {
            switch ($node.GetType().Name) {
                'AssignmentStatementAst' { & $add $node.Left.Extent.Text.TrimStart('$') $node.Right }
                'ForEachStatementAst' { & $add $node.Variable.VariablePath.UserPath $node.Condition }
                'HashtableAst' { foreach ($pair in $node.KeyValuePairs) { & $add $pair.Item1.Extent.Text.Trim("'") $pair.Item2 } }
            }
        }

        $tables
    }

    # Lines a script keeps in variables, to be typed at a terminal with more behind them.
    function Get-Line($Tree) {
        $lines = @{}
        foreach ($assignment in $Tree.FindAll({ param($node) $node -is [Management.Automation.Language.AssignmentStatementAst] },
            $true)) {
            $text = $assignment.Right.Find({ param($node) $node -is [Management.Automation.Language.ExpandableStringExpressionAst] }, $false)
            if ($text -and $text.Value -match '^\w+-Compose') { $lines[$assignment.Left.Extent.Text] = $text.Value }
        }

        $lines
    }

    function Add-Use($Tree) {
        $tables = Get-Table $Tree
        $lines = Get-Line $Tree
        foreach ($call in $Tree.FindAll({ param($node) $node -is [Management.Automation.Language.CommandAst] }, $true)) {
            $name = $call.GetCommandName()
            if (-not $name -or -not $used.ContainsKey($name)) { continue }
            # A call that PowerShell would refuse, as tests of bad input have them, binds nothing; what it names is used all the
            # same.
            $bound = try { [Management.Automation.Language.StaticParameterBinder]::BindCommand($call,
                $true).BoundParameters.Keys } catch { $null }
            $named = $call.CommandElements.Where({ $_ -is [Management.Automation.Language.CommandParameterAst] }).ParameterName
            $splatted = $call.CommandElements.Where({ $_ -is [Management.Automation.Language.VariableExpressionAst] -and
                $_.Splatted }).ForEach({ $tables[$_.VariablePath.UserPath] })
            foreach ($parameter in @($bound) + $named + $splatted) { $null = $used[$name].Add($parameter) }
        }

        foreach ($text in $Tree.FindAll({ param($node) $node -is [Management.Automation.Language.StringConstantExpressionAst] -or
            $node -is [Management.Automation.Language.ExpandableStringExpressionAst] }, $true)) {
            $line = $text.Value
            foreach ($variable in $lines.Keys) { $line = $line.Replace($variable, $lines[$variable]) }
            if ($line -match '\w-Compose\w+ ') {
                Add-Use ([Management.Automation.Language.Parser]::ParseInput($line, [ref]$null, [ref]$null))
            }
        }
    }

    foreach ($file in Get-ChildItem -Path $PSScriptRoot/.. -Filter *.Tests.ps1 -Recurse) {
        $tree = [Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$null)
        Add-Use $tree
        # The tables of a cmdlet's own file are its cases, whichever way they come into the call; so are words that begin with a
        # hyphen.
        $name = $file.Name -replace '\.Tests\.ps1$'
        if ($used.ContainsKey($name)) {
            foreach ($table in $tree.FindAll({ param($node) $node -is [Management.Automation.Language.HashtableAst] }, $true)) {
                $table.KeyValuePairs.ForEach({ $null = $used[$name].Add($_.Item1.Extent.Text) })
            }

            foreach ($word in $tree.FindAll({ param($node) $node -is [Management.Automation.Language.StringConstantExpressionAst] -and $node.Value -match '^-\w+$' }, $true)) {
                $null = $used[$name].Add($word.Value.Substring(1))
            }
        }
    }

    # What Common.Tests.ps1 passes to every cmdlet that has it: in a table, or in a call by a variable's name. The least that a
    # cmdlet needs is made by functions, and does not count.
    $common = [Management.Automation.Language.Parser]::ParseFile("$PSScriptRoot/../Behaviour/Common.Tests.ps1", [ref]$null,
        [ref]$null)
    $passed = foreach ($node in $common.FindAll({ $true }, $true)) {
        $outer = $node.Parent
        while ($outer -and $outer -isnot [Management.Automation.Language.FunctionDefinitionAst]) { $outer = $outer.Parent }
        if ($outer) { continue }
        if ($node -is [Management.Automation.Language.HashtableAst]) { $node.KeyValuePairs.ForEach({ $_.Item1.Extent.Text }) }
        if ($node -is [Management.Automation.Language.CommandAst] -and $node.InvocationOperator -eq 'Ampersand') {
            $node.CommandElements.Where({ $_ -is [Management.Automation.Language.CommandParameterAst] }).ParameterName
        }
    }

    $everywhere = 'EnvFile', 'ProjectDirectory', 'Profile', 'Container', 'Context', 'EngineHost', 'EngineTimeout', 'Path',
        'ProjectName', 'WhatIf', 'Confirm'
    $shared = $everywhere.Where({ $_ -in $passed })
}

# Position 0 is the cmdlet's noun. Where the noun has no name to ask for, it is the service, as docker compose has it.
Describe 'the first position of <_>' -ForEach $cmdlets {
    It 'is the noun, or where docker compose has its service' {
        $noun = @{
            ComposeProject = 'ProjectName'; ComposeService = 'Service'; ComposeContainer = 'Container'; ComposeVolume = 'Volume'
            ComposeNetwork = 'Network'; ComposeImage = 'Image'; ComposeFile = 'Path'; ComposeVersion = $null;
                ComposeItem = 'Source'
            ComposeStack = 'Stack'; ComposeDeploy = 'Stack'; ComposeTask = 'Task'; ComposeNode = 'Node'
        }
        $apart = @{
            # docker compose export SERVICE and commit SERVICE: one replica of a service, by its number.
            'Export-ComposeContainer' = 'Service'; 'Save-ComposeContainer' = 'Service'
            # docker compose watch SERVICE. It brings up: a name here would make a second project of the same files.
            'Watch-ComposeProject' = 'Service'
            # What is converted, not what comes of it.
            'ConvertTo-ComposeFile' = 'Container'
            # A table says service and number at once.
            'Set-ComposeScale' = 'Scale', 'Service'
        }
        $cmdlet = $exported[$_]
        $wanted = if ($apart.ContainsKey($_)) { $apart[$_] } elseif ($noun.ContainsKey($cmdlet.Noun)) { $noun[$cmdlet.Noun] } else { 'Service' }
        $first = $cmdlet.Parameters.Values.Where({ $_.ParameterSets.Values.Position -contains 0 }).Name | Sort-Object
        $first | Should -Be $wanted
    }
}

Describe 'the parameters of <_>' -ForEach $cmdlets {
    It 'are all used by a test' {
        $name = $_
        # What is only ever piped no call names.
        $piped = $exported[$name].Parameters.Values.Where({ $_.ParameterSets.Values[0].ValueFromPipeline -or
            $_.Attributes.DontShow -contains $true }).Name
        $exported[$name].Parameters.Keys.Where({ $_ -notin $piped -and
            $_ -notin [Management.Automation.PSCmdlet]::CommonParameters -and $_ -notin $shared -and
            -not $used[$name].Contains($_) }) | Should -BeNullOrEmpty
    }
}
