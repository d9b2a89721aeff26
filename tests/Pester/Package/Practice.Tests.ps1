# What every PowerShell user expects, as tests over the packed module. What no test can show, or is shown elsewhere:
#
# - Readers stream and changers act once at the end: Pipeline.Tests.ps1 counts what reaches the engine.
# - Progress at most five times a second and always ended: Progress.Tests.ps1. Objects one by one: the pump of the unit tests.
# - Ctrl+C at once: Stop.Tests.ps1.      - No Write-Host and no Console, one id for each error: the unit tests' house rules.
# - Completers for names: the unit tests' conventions and Completion.Tests.ps1.      - Views: Views.Tests.ps1.      - Help: Help.Tests.ps1.
# - -Path is an ordered list of literal files, base first. A wildcard must mean one file, for the order of several would not be known,
#   so -Path needs no -LiteralPath beside it.
# - There is no HelpInfoUri: the help ships with the module, whose releases are its updates.
BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noAnalyzer = -not (Get-Module -Name PSScriptAnalyzer -ListAvailable)
    $cmdlets = Get-Command -Module Compose -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name; Cmdlet = $_ } }
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
    $root = (Resolve-Path -LiteralPath "$PSScriptRoot/../../..").ProviderPath
    $manifest = Import-PowerShellDataFile -Path $env:COMPOSE_TEST_MODULE
    $common = @([Management.Automation.PSCmdlet]::CommonParameters) + @([Management.Automation.PSCmdlet]::OptionalCommonParameters)
    # Words that are what they are in the plural: stats as docker names them, and Replicas, a number of them.
    $plural = 'ComposeProcess', 'ComposeStats', 'Replicas', 'UseAlias'
}

Describe '<Name>' -ForEach $cmdlets {
    BeforeAll {
        $parameters = $Cmdlet.Parameters.Values | Where-Object Name -NotIn $common
        $type = $Cmdlet.ImplementingType
        $attribute = [reflection.customattributeextensions]::GetCustomAttribute($type, [Management.Automation.CmdletAttribute])
        $changes = $attribute.SupportsShouldProcess
    }

    It 'has a verb of Windows PowerShell 5.1 and one singular noun' {
        $Cmdlet.Verb | Should -BeIn (Get-Verb).Verb
        $Cmdlet.Verb | Should -Not -BeIn 'Build', 'Deploy'
        $Cmdlet.Noun | Should -Match '^Compose[A-Z]'
        if ($Cmdlet.Noun -notin $plural) {
            $Cmdlet.Noun | Should -Not -Match '[^s]s$'
        }
    }

    It 'is a sealed class named after it' {
        $type.FullName | Should -BeExactly "Compose.Module.Commands.$($Cmdlet.Verb)$($Cmdlet.Noun)Command"
        $type.IsSealed | Should -BeTrue
    }

    It 'names its parameters in the singular, and has switches, not booleans' {
        foreach ($parameter in $parameters) {
            $parameter.ParameterType | Should -Not -Be ([bool]) -Because $parameter.Name
            if ($parameter.Name -notin $plural) {
                $parameter.Name | Should -Not -MatchExactly '[a-z][^su]s$'
            }
        }
    }

    It 'takes durations as TimeSpan, and a plain number as seconds' {
        foreach ($parameter in $parameters | Where-Object Name -Match 'Timeout|Interval|Duration') {
            $parameter.ParameterType.ToString() | Should -Match 'TimeSpan' -Because $parameter.Name
            $parameter.Attributes.TypeId.Name | Should -Contain 'SecondsAttribute' -Because $parameter.Name
        }
    }

    It 'takes no secret as plain text' {
        foreach ($parameter in $parameters | Where-Object Name -Match 'Password|Secret|Token|ApiKey') {
            $parameter.ParameterType | Should -BeIn ([securestring], [pscredential])
        }
    }

    It 'takes one thing from the pipeline, and the identity of our objects by name' {
        foreach ($set in $Cmdlet.ParameterSets) {
            @($set.Parameters | Where-Object ValueFromPipeline).Count | Should -BeLessOrEqual 1
        }

        foreach ($parameter in $parameters | Where-Object Name -In EngineHost, ProjectName) {
            $parameter.ParameterSets.Values.ValueFromPipelineByPropertyName | Should -Not -Contain $false -Because $parameter.Name
        }
    }

    It 'says which of several parameter sets is meant when nothing tells' {
        if ($Cmdlet.ParameterSets.Count -gt 1) {
            $Cmdlet.DefaultParameterSet | Should -Not -BeNullOrEmpty
        }
    }

    It 'changes nothing without -WhatIf and -Confirm, and never waits for an answer by itself' {
        if ($Cmdlet.Verb -in 'Get', 'Test', 'ConvertTo') {
            $changes | Should -BeFalse
        } elseif ($Cmdlet.Verb -notin 'Enter', 'Connect') {
            $changes | Should -BeTrue
            $attribute.ConfirmImpact | Should -Be 'Medium'
        }
    }

    It 'is silent where it changes something, unless it is asked to return what it changed' {
        # Invoke- returns what came of it, Save- the image it made, Wait- what it waited for: that is what they are called for.
        if ($changes -and $Cmdlet.Verb -notin 'Invoke', 'Save', 'Wait', 'Watch', 'Enter', 'Connect' -and
            $Cmdlet.OutputType.Type -notcontains [void]) {
            $Cmdlet.Parameters.Keys | Should -Contain 'PassThru'
        }
    }

    It 'returns types of our own whose text is a name' {
        foreach ($returned in $Cmdlet.OutputType.Type | Where-Object { $_.Namespace -like 'Compose*' }) {
            $text = $returned.GetMethod('ToString', [type[]]@())
            $text.DeclaringType | Should -Be $returned
            [reflection.customattributeextensions]::GetCustomAttribute($text,
                [Runtime.CompilerServices.CompilerGeneratedAttribute]) | Should -BeNullOrEmpty -Because "$returned"
        }
    }
}

Describe 'what is told' {
    It 'refuses what is no path of the file system' {
        Test-ComposeFile -Path Env:/PATH -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeFalse
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotFileSystemPath,*'
        $problem[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $problem[0].TargetObject | Should -Be 'Env:/PATH'
    }

    It 'refuses a wildcard that means several files' {
        'one.yaml', 'two.yaml' | ForEach-Object { Set-Content -Path (Join-Path -Path $TestDrive -ChildPath $_) -Value 'services: {}' }
        $null = Test-ComposeFile -Path "$TestDrive/*.yaml" -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AmbiguousPath,*'
    }

    It 'has a category, a target and advice in an error of a file' {
        $file = Join-Path -Path $TestDrive -ChildPath wrong.yaml
        Set-Content -Path $file -Value "services:`n  web:`n    image: busybox`n    port: 80"
        $null = Test-ComposeFile -Path $file -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $problem[0].TargetObject.Line | Should -Be 4
        $problem[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'returns one bool from Test-' {
        @(Test-ComposeFile -Path "$TestDrive/none.yaml" -ErrorAction SilentlyContinue).Count | Should -Be 1
    }

    It 'tells a name that is not there, and is silent about a pattern without a match' -Skip:$noEngine {
        $null = Get-ComposeProject -ProjectName nosuchproject -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        Get-ComposeProject -ProjectName 'nosuchproject*' -ErrorAction SilentlyContinue -ErrorVariable none | Should -BeNullOrEmpty
        $none | Should -BeNullOrEmpty
    }

    It 'is the same whatever the culture: <_>' -ForEach 'de-DE', 'tr-TR' {
        $file = "$root/samples/shop/compose.yaml"
        $wanted = Get-ComposeConfig -Path $file -AsYaml
        $before = [cultureinfo]::CurrentCulture
        [cultureinfo]::CurrentCulture = $_
        try {
            Get-ComposeConfig -Path $file -AsYaml | Should -BeExactly $wanted
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }
}

Describe 'the manifest' {
    It 'names every export, and exports nothing else' {
        foreach ($exports in $manifest.CmdletsToExport, $manifest.AliasesToExport) {
            $exports | Should -Not -Match '[*?]'
        }

        $manifest.FunctionsToExport | Should -BeNullOrEmpty
        $manifest.VariablesToExport | Should -BeNullOrEmpty
        $manifest.CmdletsToExport | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'is for both editions' {
        $manifest.CompatiblePSEditions | Should -Be 'Desktop', 'Core'
        $manifest.PowerShellVersion | Should -Be '5.1'
        $manifest.DotNetFrameworkVersion | Should -Be '4.7.2'
        [guid]$manifest.GUID | Should -Not -Be ([guid]::Empty)
    }

    It 'loads its views and types itself' {
        $manifest.FormatsToProcess | Should -Not -BeNullOrEmpty
        $manifest.TypesToProcess | Should -Not -BeNullOrEmpty
        $manifest.Keys | Should -Not -Contain 'HelpInfoUri'
    }
}

Describe 'the scripts' {
    It 'are read by Windows PowerShell 5.1: no syntax of 7, and no letter beyond ASCII without a mark of encoding' {
        $scripts = Get-ChildItem -Path $root/samples, $root/src/Module, $root/tests/Pester, $root/tools, $root/Compose.psd1,
            $root/build.ps1 -Recurse -Include *.ps1, *.psm1, *.psd1 | Where-Object FullName -NotMatch '[\\/](bin|obj|out)[\\/]'
        foreach ($script in $scripts) {
            $tokens = $problems = $null
            $tree = [Management.Automation.Language.Parser]::ParseFile($script.FullName, [ref]$tokens, [ref]$problems)
            $problems | Should -BeNullOrEmpty
            $newer = $tree.FindAll({ param($node) $node.GetType().Name -in 'TernaryExpressionAst', 'PipelineChainAst' -or
                ($node.NullConditional -eq $true) }, $true)
            $newer | Should -BeNullOrEmpty -Because $script.Name
            $tokens.Kind | Should -Not -Contain 'QuestionQuestion' -Because $script.Name
            $octets = [IO.File]::ReadAllBytes($script.FullName)
            if ($octets[0] -ne 0xEF -and ($octets | Where-Object { $_ -gt 0x7F } | Select-Object -First 1)) {
                $script.FullName | Should -BeNullOrEmpty -Because 'it has letters beyond ASCII and no byte order mark'
            }
        }
    }

    It 'pass PSScriptAnalyzer' -Skip:$noAnalyzer {
        $found = Get-ChildItem -Path $root/samples, $root/src/Module, $root/tools, $root/build.ps1,
            $env:COMPOSE_TEST_MODULE -Recurse -Include *.ps1, *.psm1, *.psd1 |
            Where-Object FullName -NotMatch '[\\/](bin|obj|out)[\\/]' |
            ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -Severity Warning, Error }
        $found | Should -BeNullOrEmpty
    }
}
