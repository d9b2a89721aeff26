BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Shop.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Swarm.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noSwarm = $noEngine -or -not (Test-Swarm)
    $noPlatyPS = -not (Get-Module -Name Microsoft.PowerShell.PlatyPS -ListAvailable)
    $docs = (Resolve-Path -LiteralPath "$PSScriptRoot/../../../docs/en-US").ProviderPath
    $pages = Get-ChildItem -Path $docs -Filter *-Compose*.md | ForEach-Object { @{ Name = $_.BaseName; File = $_.FullName } }
    $cmdlets = Get-Command -Module Compose -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name } }
    $examples = foreach ($page in $pages) {
        foreach ($example in Get-HelpExample -Page $page.File) {
            @{ Name = $page.Name; Title = $example.Title; Line = $example.Line }
        }
    }
    # What stays at a console until a person leaves it is run in a terminal of its own.
    $interactive = '(?m)\b(Enter-|Connect-)|-Attach\b|-ExitCodeFrom\b'
    $ended = $examples | Where-Object { $_.Line -notmatch $interactive }
    $ofStacks = '-Stack\b|-Compose(Deploy|Stack|Task|Node)\b|-Deploy\b'
    $run = $ended | Where-Object { $_.Line -notmatch $ofStacks }
    $runOnSwarm = $ended | Where-Object { $_.Line -match $ofStacks }
    $typed = $examples | Where-Object { $_.Line -match $interactive }
    $noTerminal = $noEngine -or -not (Get-Command -Name tmux -ErrorAction SilentlyContinue)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Shop.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Terminal.psm1 -Force
    Import-TestedModule
    $root = (Resolve-Path -LiteralPath "$PSScriptRoot/../../..").ProviderPath
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
        $parameters = (Get-Command -Name $Name).Parameters.Values | Where-Object Name -NotIn $common |
            Where-Object { -not ($_.Attributes.DontShow -contains $true) }
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
        (Get-ChildItem -Path "$root/docs/en-US" -Filter *-*.md).BaseName | Sort-Object |
            Should -Be ((Get-Command -Module Compose -CommandType Cmdlet).Name | Sort-Object)
    }

    It 'are what the external help was made from' -Skip:$noPlatyPS {
        $copy = Join-Path -Path $TestDrive -ChildPath docs
        Copy-Item -LiteralPath "$root/docs/en-US" -Destination $copy -Recurse
        $made = Join-Path -Path $TestDrive -ChildPath made
        $summary = "$root/src/Module/bin/Release/net8.0"
        $places = '-Manifest', $env:COMPOSE_TEST_MODULE, '-Summary', $summary, '-Docs', $copy, '-Output', $made
        Invoke-NewShell -NoProfile -File $root/tools/Help/Build-Help.ps1 @places
        foreach ($file in Get-ChildItem -LiteralPath $copy -File) {
            Get-Content -LiteralPath $file.FullName -Raw |
                Should -Be (Get-Content -LiteralPath "$root/docs/en-US/$($file.Name)" -Raw) -Because $file.Name
        }

        foreach ($file in Get-ChildItem -LiteralPath $made) {
            Get-Content -LiteralPath $file.FullName -Raw |
                Should -Be (Get-Content -LiteralPath "$root/src/Module/en-US/$($file.Name)" -Raw) -Because "$($file.Name) is made by ./build.ps1 Help"
        }
    }
}

Describe 'the topic <_>' -ForEach 'about_Compose', 'about_Compose_Files', 'about_Compose_Plans', 'about_Compose_Connections',
    'about_Compose_Migration', 'about_Compose_Swarm', 'about_Compose_Windows' {
    It 'is found by Get-Help' {
        Get-Help -Name $_ | Out-String | Should -Match $_
    }
}

Describe 'the migration topic' {
    BeforeAll {
        $topic = Get-Content -LiteralPath "$root/docs/en-US/about_Compose_Migration.md"
        Set-Content -LiteralPath "$TestDrive/compose.yaml" -Value 'services: { a: { image: busybox } }'
        Push-Location -LiteralPath $TestDrive
    }

    AfterAll { Pop-Location }

    It 'names cmdlets, parameters and properties that exist' {
        $of = $null
        foreach ($line in $topic -match '^\| [^-]') {
            $here = $line.Substring($line.IndexOf(' | ', [StringComparison]::Ordinal))
            if ($line -notmatch '^\| [`(]') {
                # What heads a table is the cmdlet of its rows; of two, the first is meant.
                $named = [regex]::Match($here, '[A-Z]\w+-Compose\w+').Value
                $of = if ($named) { $named } else { 'Invoke-ComposeUp' }
            }

            $cmdlet = $of
            foreach ($name in [regex]::Matches($here, '[A-Z]\w+-[A-Z]\w+|(?<!\w)-[A-Z]\w+').Value) {
                if ($name -notlike '-*') {
                    $cmdlet = $name
                    Get-Command -Name $name | Should -Not -BeNullOrEmpty -Because $line
                } else {
                    (Get-Command -Name $cmdlet).Parameters.Keys | Should -Contain $name.Substring(1) -Because $line
                }
            }

            foreach ($property in [regex]::Matches($here, '\((\w+-Compose\w+)[^)]*\)\.(\w+)')) {
                $object = & $property.Groups[1].Value
                $object.PSObject.Properties.Name | Should -Contain $property.Groups[2].Value -Because $line
            }
        }
    }

    It 'has each command and each option of docker compose 5.5, hidden ones too, and none it does not have' {
        $sections = @{}
        foreach ($line in $topic) {
            if ($line -like '## *') {
                $name = $line.Substring(3)
                $sections[$name] = @()
            } elseif ($name) {
                $sections[$name] += $line
            }
        }

        $count = 0
        foreach ($fact in Get-Content -LiteralPath "$PSScriptRoot/options.txt") {
            $command, $names = $fact -split ':', 2
            $options = @([regex]::Matches($names, '[a-z-]+').ForEach({ $_.Value }))
            # What holds no option of its own is a group of other commands, or pause and top, which have nothing but services.
            if (-not $options -and -not $sections.ContainsKey($command)) { continue }
            $sections.Keys | Should -Contain $command
            $section = $sections[$command]
            $alias = [regex]::Match("$section", '^ *As `(.+?)`').Groups[1].Value
            $rows = @($(if ($alias) { $sections[$alias] } else { $section }) -match '^\| `')
            $told = @(foreach ($row in $rows) {
                $cells = $row.Trim('| ') -split ' \| ', 2
                $cells[1] | Should -Match '`|^nothing: \S|^the property' -Because $row
                [regex]::Matches($cells[0], '--([a-z-]+)').ForEach({ $_.Groups[1].Value })
            })
            foreach ($option in $options) { $told | Should -Contain $option -Because $command }
            if (-not $alias) { $told | Where-Object { $_ -notin $options } | Should -BeNullOrEmpty -Because $command }
            $count += $options.Count
        }

        $count | Should -Be 246
    }
}

Describe 'the examples that need a terminal' -Skip:$noTerminal {
    BeforeAll {
        $shop = New-Shop
        $null = Invoke-ComposeBuild -Path $shop.Path
        # What the screen shows once an example is at work, what a person does then, and what is to be seen after it.
        $sessions = @{
            'Open a shell'                                                         = @{ Shows = '/ #$';
                Act = { Send-Line $terminal 'exit' } }
            'Open a shell in the second replica, as another user'                  = @{ Shows = '/ \$$';
                Act = { Send-Line $terminal 'id -u; hostname'; $null = Wait-Screen $terminal '(?m)^1000$';
                Send-Line $terminal 'exit' } }
            'Run a program that needs a terminal'                                  = @{ Shows = 'Load average';
                Act = { Send-Key $terminal q } }
            'Use the exit code'                                                    = @{ Shows = '/ #$';
                Act = { Send-Line $terminal 'exit 3' }; Then = '(?m)^3$'; Errors = '\d' }
            'Look at what a program writes'                                        = @{ Shows = 'order packed';
                Act = { Send-Key $terminal C-c } }
            'Take over a program that has a terminal, and leave with other keys'   = @{ Shows = '^';
                Act = { Start-Sleep -Seconds 1; Send-Line $terminal 'echo $((6*7))'; $null = Wait-Screen $terminal '(?m)^42$';
                Send-Key $terminal C-x, x } }
            'Attach to the second replica'                                         = @{ Shows = 'worker-2.*order packed';
                Act = { Send-Key $terminal C-c } }
            'Stay, and see what is written'                                        = @{ Shows = 'order packed';
                Act = { Send-Key $terminal d } }
            'Stop all when one ends, and use its exit code'                        = @{
                Shows = '^'
                Act   = {
                    # Lines go down the pipeline and nothing is shown: when it is attached can only be tried.
                    foreach ($attempt in 1..10) {
                        Start-Sleep -Seconds 3
                        foreach ($replica in 1, 2) { & docker kill "$($shop.Name)-worker-$replica" 2>&1 | Write-Debug }
                        if ((Get-Screen $terminal) -match '(?m)^ready>$') { break }
                    }
                }
                Then  = '(?m)^137$'
            }
        }
    }

    BeforeEach {
        $null = Invoke-ComposeUp -Path $shop.Path -Profile debug
        $terminal = New-Terminal
        Send-Line $terminal "Set-Location '$($shop.Folder)'; `$env:COMPOSE_PROFILES = 'debug'; `$Error.Clear(); Clear-Host"
        $null = Wait-Screen $terminal '\A\s*ready>$'
    }

    AfterEach { Remove-Terminal $terminal }
    AfterAll { Remove-Shop $shop }

    It '<Name>: <Title>' -ForEach $typed {
        $session = $sessions[($Title -replace '^Example \d+: ')]
        $session | Should -Not -BeNullOrEmpty -Because 'an example that stays needs somebody who leaves it'
        # What stays at the console takes the keys: the next line is typed when it has ended.
        $first, $next = (Rename-Shop -Shop $shop -Text $Line).Trim() -split '\r?\n'
        Send-Line $terminal $first
        $null = Wait-Screen $terminal $session.Shows
        . $session.Act
        $null = Wait-Screen $terminal '(?m)^ready>$'
        foreach ($more in $next) { Send-Line $terminal $more }
        if ($session.Then) { $null = Wait-Screen $terminal $session.Then }
        Send-Line $terminal '"errors $($Error.Count)"'
        $errors = if ($session.Errors) { $session.Errors } else { 0 }
        Wait-Screen $terminal "(?m)^errors $errors$" | Should -Not -BeNullOrEmpty
        if ($Line -match 'NoSignalProxy|-Attach\b|^Enter|DetachKey') {
            (Get-ComposeContainer -Path $shop.Path -Profile debug).State | Select-Object -Unique | Should -Be Running
        }
    }
}

Describe 'the examples' -Skip:$noEngine {
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
        if (-not $shop.Registry -and $Name -in 'Invoke-ComposePush', 'Invoke-ComposePull') {
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

Describe 'the examples of stacks' -Skip:$noSwarm {
    BeforeAll {
        Import-Module -Name $PSScriptRoot/../Support/Swarm.psm1 -Force
        $swarm = New-Swarm
        $before = $env:DOCKER_HOST
        $env:DOCKER_HOST = $swarm.EngineHost
        $services = "services:`n" + (-join ('web', 'worker' | ForEach-Object {
            "  ${_}: { image: busybox, command: sleep 1000, init: true, stop_grace_period: 1s, environment: [VERSION],`n" +
                "    deploy: { update_config: { monitor: 500ms } } }`n"
        }))
        $project = New-TestProject -Compose $services
        function Deploy([string]$Version) {
            Set-Content -LiteralPath $project.Path -Value "name: shop`n$($services.Replace('VERSION', "VERSION=$Version"))"
            $null = Invoke-ComposeDeploy -Path $project.Path -ResolveImage Never -Wait
        }
    }

    AfterAll {
        $env:DOCKER_HOST = $before
        Remove-Swarm $swarm
        Remove-Item -LiteralPath $project.Folder -Recurse
    }

    It '<Name>: <Title>' -ForEach $runOnSwarm {
        # Each example finds a stack that was updated.
        if (-not (Get-ComposeStack)) {
            Deploy 1
            Deploy 2
        }

        $shop = [pscustomobject]@{ Name = 'shop'; Folder = $project.Folder; Registry = $null }
        # The swarm's only node is this machine, and nobody is there to be asked.
        $text = $Line.Replace('worker1', [Environment]::MachineName) -replace '-Confirm\b', '-Confirm:$false'
        Invoke-ShopLine -Shop $shop -Line $text | Write-Debug
    }
}

Describe 'the topics' {
    It '<_> has lines the cmdlets take' -ForEach 'about_Compose', 'about_Compose_Files', 'about_Compose_Plans',
        'about_Compose_Connections', 'about_Compose_Swarm', 'about_Compose_Windows' {
        $calls = foreach ($block in [regex]::Matches((Get-Content -LiteralPath "$root/docs/en-US/$_.md" -Raw),
            '(?ms)^```powershell\r?\n(.*?)^```')) {
            [scriptblock]::Create($block.Groups[1].Value).Ast.FindAll({ param($node) $node -is [Management.Automation.Language.CommandAst] }, $true)
        }
        $ours = @($calls | Where-Object { $_.GetCommandName() -like '*-Compose*' })
        $ours.Count | Should -BeGreaterThan 0
        foreach ($call in $ours) {
            Get-Command -Name $call.GetCommandName() -Module Compose -ErrorAction SilentlyContinue |
                Should -Not -BeNullOrEmpty -Because "$call"
            [Management.Automation.Language.StaticParameterBinder]::BindCommand($call).BindingExceptions.Values |
                Should -BeNullOrEmpty -Because "$call"
        }
    }

    It 'about_Compose_Windows: the login written by hand is one' {
        $block = [regex]::Matches((Get-Content -LiteralPath "$root/docs/en-US/about_Compose_Windows.md" -Raw),
            '(?ms)^```powershell\r?\n(.*?)^```').ForEach({ $_.Groups[1].Value }) | Where-Object { $_ -match 'icacls' }
        $folder = Join-Path -Path $TestDrive -ChildPath 'own docker'
        $lines = $block.Replace('C:\ProgramData\Compose\docker', "'$folder'").Replace('$folder\config.json',
            '"$folder/config.json"').Replace("'Machine'", "'Process'")
        $before = $env:DOCKER_CONFIG
        $closed = [Collections.Generic.List[string]]::new()
        function icacls { $closed.Add("$args"); Get-ChildItem -LiteralPath $args[0] |
            Should -BeNullOrEmpty -Because 'the folder is closed before anything is in it' }
        function Get-Credential { [pscredential]::new('compose',
            (ConvertTo-SecureString -String 'pass:word1' -AsPlainText -Force)) }
        try {
            . ([scriptblock]::Create($lines))
            $env:DOCKER_CONFIG | Should -Be "$folder"
        } finally {
            $env:DOCKER_CONFIG = $before
        }

        $closed | Should -Be "$folder /inheritance:r /grant *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F"
        $written = Get-Content -LiteralPath (Join-Path -Path $folder -ChildPath config.json) -Raw | ConvertFrom-Json
        [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($written.auths.'registry.example'.auth)) |
            Should -Be 'compose:pass:word1'
    }
}
