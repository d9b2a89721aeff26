BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/Shop.psm1 -Force
    $skip = -not (Test-Engine)
    $noPlatyPS = -not (Get-Module -Name Microsoft.PowerShell.PlatyPS -ListAvailable)
    $noRegistry = -not (Get-Command -Name docker-registry -ErrorAction SilentlyContinue)
    $docs = (Resolve-Path -LiteralPath "$PSScriptRoot/../../docs/en-US").ProviderPath
    $pages = Get-ChildItem -Path $docs -Filter *-Compose*.md | ForEach-Object { @{ Name = $_.BaseName; File = $_.FullName } }
    $cmdlets = Get-Command -Module Compose -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name } }
    $examples = foreach ($page in $pages) {
        foreach ($example in Get-HelpExample -Page $page.File) {
            @{ Name = $page.Name; Title = $example.Title; Line = $example.Line }
        }
    }
    # What needs a terminal and a person before it is bound, and not run.
    $interactive = 'Enter-ComposeService', 'Connect-ComposeService'
    $run = $examples | Where-Object { $_.Name -notin $interactive }
    $bound = $examples | Where-Object { $_.Name -in $interactive }
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/Shop.psm1 -Force
    Import-TestedModule
    $root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").ProviderPath
    $common = [Management.Automation.PSCmdlet]::CommonParameters
}

Describe 'the help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help -Name $Name -Full
        $page = Join-Path -Path $root -ChildPath "docs/en-US/$Name.md"
    }

    It 'has a page without gaps and three examples' {
        $page | Should -Exist
        Get-Content -LiteralPath $page -Raw | Should -Not -Match '\{\{'
        @(Get-HelpExample -Page $page | Where-Object Line).Count | Should -BeGreaterOrEqual 3
    }

    It 'tells every parameter and its type' {
        $documented = @($help.parameters.parameter)
        # What nobody types is told on the page and hidden in the shell.
        $parameters = (Get-Command -Name $Name).Parameters.Values | Where-Object Name -NotIn $common | Where-Object { -not ($_.Attributes.DontShow -contains $true) }
        $documented.name | Sort-Object | Should -Be ($parameters.Name | Sort-Object)
        foreach ($parameter in $parameters) {
            $text = $documented | Where-Object name -EQ $parameter.Name
            ($text.description | Out-String).Trim() | Should -Not -BeNullOrEmpty -Because $parameter.Name
            $nullable = [Nullable]::GetUnderlyingType($parameter.ParameterType)
            $type = if ($nullable) { $nullable } else { $parameter.ParameterType }
            $text.type.name | Should -BeIn $type.Name, $type.FullName
        }
    }

    It 'tells what it does, what it returns, and what else there is' {
        $help.Synopsis.Trim() | Should -Match '^[A-Z].*\.$'
        ($help.description | Out-String).Trim().Length | Should -BeGreaterThan 40
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
        $help.relatedLinks.navigationLink.linkText | Should -Contain 'Online Version'
        @($help.relatedLinks.navigationLink).Count | Should -BeGreaterThan 1
    }
}

Describe 'the pages' {
    It 'are of cmdlets that exist' {
        (Get-ChildItem -Path "$root/docs/en-US" -Filter *-*.md).BaseName | Sort-Object | Should -Be ((Get-Command -Module Compose -CommandType Cmdlet).Name | Sort-Object)
    }

    It 'are what the external help was made from' -Skip:$noPlatyPS {
        $copy = Join-Path -Path $TestDrive -ChildPath docs
        Copy-Item -LiteralPath "$root/docs/en-US" -Destination $copy -Recurse
        $made = Join-Path -Path $TestDrive -ChildPath made
        $powershell = (Get-Process -Id $PID).Path
        & $powershell -NoProfile -File $root/tools/Help/Build-Help.ps1 -Manifest $env:COMPOSE_TEST_MODULE -Summary $root/src/Module/bin/Release/net8.0 -Docs $copy -Output $made
        foreach ($file in Get-ChildItem -LiteralPath $copy -File) {
            Get-Content -LiteralPath $file.FullName -Raw | Should -Be (Get-Content -LiteralPath "$root/docs/en-US/$($file.Name)" -Raw) -Because $file.Name
        }

        foreach ($file in Get-ChildItem -LiteralPath $made) {
            Get-Content -LiteralPath $file.FullName -Raw | Should -Be (Get-Content -LiteralPath "$root/src/Module/en-US/$($file.Name)" -Raw) -Because "$($file.Name) is made by ./build.ps1 Help"
        }
    }
}

Describe 'the topic <_>' -ForEach 'about_Compose', 'about_Compose_Files', 'about_Compose_Plans', 'about_Compose_Connections', 'about_Compose_Migration', 'about_Compose_Windows' {
    It 'is found by Get-Help' {
        Get-Help -Name $_ | Out-String | Should -Match $_
    }
}

Describe 'the migration topic' {
    BeforeAll {
        $topic = Get-Content -LiteralPath "$root/docs/en-US/about_Compose_Migration.md"
    }

    It 'names cmdlets and parameters that exist' {
        $of = @()
        foreach ($line in $topic -match '^\| [^-]') {
            $here = $line.Substring($line.IndexOf(' | ', [StringComparison]::Ordinal))
            $named = [regex]::Matches($here, '\b[A-Z]\w+-Compose\w+').Value | Where-Object { $_ }
            foreach ($name in $named) {
                $cmdlet = Get-Command -Name $name -Module Compose
                $cmdlet | Should -Not -BeNullOrEmpty
            }

            if ($line -notmatch '^\| `') {
                $of = if ($named) { $named } else { 'Invoke-ComposeUp' }
            } elseif ($here -match '^ \| `-') {
                $parameters = foreach ($name in $of) { (Get-Command -Name $name).Parameters.Keys }
                foreach ($parameter in [regex]::Matches($here, '`-(\w+)').ForEach({ $_.Groups[1].Value })) {
                    $parameters | Should -Contain $parameter -Because $line
                }
            }
        }
    }

    It 'leaves out no command and no flag' -Skip:(-not $env:COMPOSE_SHARED) {
        $facts = Get-Content -LiteralPath "$env:COMPOSE_SHARED/reference/compose-facts.md" | Where-Object { $_ -match '^\| \*\*' }
        foreach ($fact in $facts) {
            $command = [regex]::Match($fact, '\*\*(.+?)\*\*').Groups[1].Value
            if ($command -like 'bridge transformations*') { continue }
            $topic | Should -Contain "## $command"
            $start = [array]::IndexOf($topic, "## $command")
            $section = ($topic | Select-Object -Skip ($start + 1) | Select-Object -First ([array]::FindIndex([string[]]($topic[($start + 1)..$topic.Count] + '## '), [Predicate[string]] { param($line) $line -like '## *' }))) -join "`n"
            # A hidden flag (*h*) is not for users.
            foreach ($flag in [regex]::Matches(($fact -split '(?<!\\)\|')[2], '--([a-z-]+)( \S+)?(?<hidden>\S*\*h\*)?') | Where-Object { $_.Value -notlike '*`*h`*' }) {
                $section | Should -Match "--$($flag.Groups[1].Value)\b" -Because "$command has it"
            }
        }
    }
}

Describe 'the examples that need a terminal' {
    It '<Name>: <Title>' -ForEach $bound {
        foreach ($call in [scriptblock]::Create($Line).Ast.FindAll({ param($node) $node -is [Management.Automation.Language.CommandAst] }, $true)) {
            $binding = [Management.Automation.Language.StaticParameterBinder]::BindCommand($call)
            $binding.BindingExceptions.Values | Should -BeNullOrEmpty
            $binding.BoundParameters.Keys | Should -Contain 'Service'
        }
    }
}

Describe 'the examples' -Skip:$skip {
    BeforeAll {
        $shop = New-Shop
        $before = $env:DOCKER_CONFIG
        $env:DOCKER_CONFIG = $shop.Config
        $null = Invoke-ComposeBuild -Path $shop.Path
        if ($shop.Registry) {
            $null = Invoke-ComposePush -Path $shop.Path
        }
    }

    AfterAll {
        Remove-Shop $shop
        $env:DOCKER_CONFIG = $before
    }

    It '<Name>: <Title>' -ForEach $run {
        if ($noRegistry -and $Name -in 'Invoke-ComposePush', 'Invoke-ComposePull') {
            Set-ItResult -Skipped -Because 'there is no registry here'
        }

        $null = Invoke-ComposeUp -Path $shop.Path -WarningAction SilentlyContinue
        # A container that was paused or restarted is unhealthy until its next probe.
        foreach ($attempt in 1..100) {
            if ('Unhealthy' -notin (Get-ComposeContainer -Path $shop.Path).Health) { break }
            Start-Sleep -Milliseconds 100
        }

        $stays = if ($Name -eq 'Watch-ComposeProject') { 5 } else { 0 }
        Invoke-ShopLine -Shop $shop -Line $Line -StopAfter $stays | Write-Debug
    }
}
