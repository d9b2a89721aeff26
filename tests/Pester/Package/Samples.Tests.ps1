BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Shop.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Swarm.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noSwarm = $noEngine -or -not (Test-Swarm)
    $pipelines = Get-MarkdownBlock -Page "$PSScriptRoot/../../../samples/pipelines/README.md" |
        ForEach-Object { @{ Title = $_.Title; Line = $_.Line } }
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Shop.psm1 -Force
    Import-TestedModule
    $samples = (Resolve-Path -LiteralPath "$PSScriptRoot/../../../samples").ProviderPath

    # As a task runs it: a process of its own, which cannot ask; its exit code and what it said.
    function Start-Sync([string]$Path, [string]$Log, [string]$More = '') {
        $program, $first = @(Get-ShellCommand)
        $start = [Diagnostics.ProcessStartInfo]::new($program)
        $import = "Import-Module '$env:COMPOSE_TEST_MODULE'"
        $sync = "& '$samples/scheduled/Sync-Project.ps1' -Path '$Path' -LogFolder '$Log' $More"
        $start.Arguments = "$first -NoProfile -NonInteractive -Command `"$import; $sync; exit `$LASTEXITCODE`""
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $start.RedirectStandardInput = $true
        $start.UseShellExecute = $false
        [Diagnostics.Process]::Start($start)
    }

    function Complete-Sync($Process) {
        $Process.StandardInput.Close()
        $output = $Process.StandardOutput.ReadToEnd()
        $Process.WaitForExit()
        [pscustomobject]@{ Code = $Process.ExitCode; Output = $output; Error = $Process.StandardError.ReadToEnd() }
    }
}

Describe 'the pipelines' -Skip:$noEngine {
    BeforeAll {
        $shop = New-Shop
        $null = Invoke-ComposeBuild -Path $shop.Path
    }

    AfterAll {
        Remove-Shop $shop
    }

    It 'are ten' {
        @(Get-MarkdownBlock -Page "$samples/pipelines/README.md").Count | Should -Be 10
    }

    It '<Title>' -ForEach $pipelines {
        $null = Invoke-ComposeUp -Path $shop.Path -Wait
        # Of other people's projects on this engine nothing is to be touched.
        $line = $Line -replace '^Get-ComposeProject \|', 'Get-ComposeProject -ProjectName shop |'
        Invoke-ShopLine -Shop $shop -Line $line | Write-Debug
    }
}

Describe 'a project kept up by a task' -Skip:$noEngine {
    BeforeEach {
        $project = New-TestProject 'services: {web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s}}'
        $log = Join-Path -Path $project.Folder -ChildPath log
    }

    AfterEach {
        Remove-TestProject $project
    }

    It 'is brought up, and again after it has fallen, with a transcript and exit code 0' {
        (Complete-Sync (Start-Sync -Path $project.Path -Log $log)).Code | Should -Be 0
        (Get-ComposeContainer -Path $project.Path).State | Should -Be Running
        Stop-ComposeService -Path $project.Path
        (Complete-Sync (Start-Sync -Path $project.Path -Log $log)).Code | Should -Be 0
        (Get-ComposeContainer -Path $project.Path).State | Should -Be Running
        $transcripts = Get-ChildItem -Path $log -Filter *.log | Sort-Object -Property Name
        $transcripts.Count | Should -Be 2
        Get-Content -LiteralPath $transcripts[1].FullName -Raw | Should -Match 'StartContainer[\s\S]*Exit code 0\.'
    }

    It 'ends with 2 where the files are wrong, and touches nothing' {
        Add-Content -Path $project.Path -Value 'networks: 5'
        $run = Complete-Sync (Start-Sync -Path $project.Path -Log $log)
        $run.Code | Should -Be 2
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'ends with 1 where a step fails, and says why' {
        Set-Content -Path $project.Path -Value 'services: {web: {image: busybox, command: /no/such/program}}'
        $run = Complete-Sync (Start-Sync -Path $project.Path -Log $log)
        $run.Code | Should -Be 1
        $run.Output | Should -Match '/no/such/program'
    }

    It 'ends with 1 where the engine does not answer' {
        (Complete-Sync (Start-Sync -Path $project.Path -Log $log -More '-EngineHost unix:///no/engine')).Code | Should -Be 1
    }

    It 'is worked on by one run only, and the other ends at once' {
        Set-Content -Path $project.Path -Value @'
services:
  web:
    image: busybox
    command: sh -c 'sleep 3; touch /ready; sleep 600'
    healthcheck: {test: test -f /ready, interval: 500ms, retries: 100}
    init: true
    stop_grace_period: 0s
'@
        $first = Start-Sync -Path $project.Path -Log $log
        foreach ($attempt in 1..300) {
            if (Get-ChildItem -Path $log -Filter *.log -ErrorAction SilentlyContinue) { break }
            Start-Sleep -Milliseconds 100
        }

        $second = Complete-Sync (Start-Sync -Path $project.Path -Log $log)
        $second.Code | Should -Be 0
        $second.Output | Should -Match 'Another run is at work'
        (Complete-Sync $first).Code | Should -Be 0
        @(Get-ComposeContainer -Path $project.Path).Count | Should -Be 1
    }

    It 'keeps data nobody allowed to be removed, and the transcript says so' {
        $text = "services: {web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, volumes: ['data:/data']}}`nvolumes: {data: {labels: {A: LABEL}}}"
        Set-Content -Path $project.Path -Value ($text -creplace 'LABEL', 'old')
        (Complete-Sync (Start-Sync -Path $project.Path -Log $log)).Code | Should -Be 0
        $before = Invoke-Docker volume inspect "$($project.Name)_data" -f '{{.CreatedAt}}'
        Set-Content -Path $project.Path -Value ($text -creplace 'LABEL', 'new')
        Start-Sleep -Seconds 1
        (Complete-Sync (Start-Sync -Path $project.Path -Log $log)).Code | Should -Be 0
        Invoke-Docker volume inspect "$($project.Name)_data" -f '{{.CreatedAt}}' | Should -Be $before
        $last = Get-ChildItem -Path $log -Filter *.log | Sort-Object -Property Name | Select-Object -Last 1
        Get-Content -LiteralPath $last.FullName -Raw | Should -Match "WARNING: .*$($project.Name)_data"
    }

    It 'removes its own old transcripts, and nothing of others in that folder' {
        $null = New-Item -ItemType Directory -Path $log
        $old = "$($project.Name)-compose-20200101-000000-7.log", 'syslog.log', "other-compose-20200101-000000-7.log",
            "$($project.Name)-compose-notes.log" |
            ForEach-Object { New-Item -Path (Join-Path -Path $log -ChildPath $_) -ItemType File }
        $old | ForEach-Object { $_.LastWriteTime = (Get-Date).AddDays(-31) }
        (Complete-Sync (Start-Sync -Path $project.Path -Log $log)).Code | Should -Be 0
        $old.FullName | Where-Object { -not (Test-Path -LiteralPath $_) } | Split-Path -Leaf |
            Should -Be "$($project.Name)-compose-20200101-000000-7.log"
    }

    It 'has a lock for each project of a folder' {
        $null = New-Item -ItemType Directory -Path $log
        $held = [IO.File]::Open((Join-Path -Path $log -ChildPath "$($project.Name)-compose.lock"), 'OpenOrCreate', 'ReadWrite',
            'None')
        try {
            (Complete-Sync (Start-Sync -Path $project.Path -Log $log)).Output | Should -Match 'Another run is at work'
            $second = Complete-Sync (Start-Sync -Path $project.Path -Log $log -More "-ProjectName $($project.Name)b")
            $second.Output | Should -Not -Match 'Another run is at work'
            $second.Code | Should -Be 0
            (Get-ComposeContainer -ProjectName "$($project.Name)b").State | Should -Be Running
        } finally {
            $held.Dispose()
            Remove-ComposeProject -ProjectName "$($project.Name)b" -Timeout 0
        }
    }

    It 'does not take a lock that cannot be made for another run' {
        $run = Complete-Sync (Start-Sync -Path $project.Path -Log $log -More "-ProjectName $('a' * 300)")
        $run.Code | Should -Be 1
        $run.Output | Should -Not -Match 'Another run is at work'
    }

    It 'without the script: ErrorActionPreference Stop ends a command line with exit code 1' {
        Set-Content -Path $project.Path -Value 'services: {web: {image: busybox, command: /no/such/program}}'
        $import = "Import-Module '$env:COMPOSE_TEST_MODULE'; `$ErrorActionPreference = 'Stop'"
        $line = "$import; Invoke-ComposeUp -Path '$($project.Path)'; 'went on'"
        $null = Invoke-NewShell -NoProfile -NonInteractive -Command $line 2>&1 | Tee-Object -Variable output
        $LASTEXITCODE | Should -Be 1
        $output | Should -Not -Contain 'went on'
    }
}

Describe 'the task' {
    It 'runs the script without a profile, a prompt or a second copy' {
        $global:registered = @{}
        function New-ScheduledTaskAction { param($Execute, $Argument) "$Execute $Argument" }
        function New-ScheduledTaskTrigger { param([switch]$AtStartup, [switch]$Once, $At,
            $RepetitionInterval) if ($AtStartup) { 'startup' } else { "every $RepetitionInterval" } }
        function New-ScheduledTaskSettingsSet { param($MultipleInstances, [switch]$StartWhenAvailable,
            $ExecutionTimeLimit) "$MultipleInstances" }
        function Register-ScheduledTask {
            param($TaskName, $Action, $Trigger, $Settings, $User, $RunLevel, [switch]$Force)

            $global:registered = $PSBoundParameters
        }

        & $samples/scheduled/Register-ProjectTask.ps1 -Path 'C:\shop\compose.yaml', "C:\it's\prod.yaml" -LogFolder C:\log
        $registered.Action | Should -Match "^powershell\.exe -NoProfile -NonInteractive .*Sync-Project\.ps1' -Path 'C:\\shop\\compose\.yaml', 'C:\\it''s\\prod\.yaml' -LogFolder 'C:\\log'; exit \`$LASTEXITCODE"
        $registered.Trigger | Should -Be 'startup', 'every 00:15:00'
        $registered.Settings | Should -Be 'IgnoreNew'
        $registered.User | Should -Be 'NT AUTHORITY\SYSTEM'
        Remove-Variable -Name registered -Scope Global
    }

    It 'gives the script every path as one text, whatever quotes are in it' {
        $global:registered = @{}
        function New-ScheduledTaskAction { param($Execute, $Argument) "$Execute $Argument" }
        function New-ScheduledTaskTrigger { param([switch]$AtStartup, [switch]$Once, $At, $RepetitionInterval) }
        function New-ScheduledTaskSettingsSet { param($MultipleInstances, [switch]$StartWhenAvailable, $ExecutionTimeLimit) }
        function Register-ScheduledTask {
            param($TaskName, $Action, $Trigger, $Settings, $User, $RunLevel, [switch]$Force)

            $global:registered = $PSBoundParameters
        }

        $quotes = 0x27, 0x2018, 0x2019, 0x201A, 0x201B | ForEach-Object { [char]$_ }
        $paths = $quotes | ForEach-Object { "C:\a$_; Stop-Computer; $_\compose.yaml" }
        & $samples/scheduled/Register-ProjectTask.ps1 -Path $paths -LogFolder "C:\log$([char]0x2019); Stop-Computer #"
        $line = ($registered.Action -split '-Command "', 2)[1].TrimEnd('"')
        Remove-Variable -Name registered -Scope Global
        $tree = [System.Management.Automation.Language.Parser]::ParseInput($line, [ref]$null, [ref]$null)
        $commands = $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
        $commands.Count | Should -Be 1
        $isText = { $args[0] -is [System.Management.Automation.Language.StringConstantExpressionAst] }
        $texts = $commands[0].FindAll($isText, $true).Value
        $texts | Select-Object -Skip 1 | Should -Be ($paths + "C:\log$([char]0x2019); Stop-Computer #")
    }

    It 'has a cron form that names the same script and its parameters' {
        $parameters = (Get-Command -Name $samples/scheduled/Sync-Project.ps1).Parameters.Keys
        $lines = Get-Content -Path $samples/scheduled/compose.cron | Where-Object { $_ -match '^(@|\*)' }
        $lines.Count | Should -Be 2
        foreach ($line in $lines) {
            $line | Should -Match 'pwsh -NoProfile -NonInteractive -File \S+/Sync-Project\.ps1'
            foreach ($parameter in [regex]::Matches(($line -split 'Sync-Project\.ps1')[1], ' -(\w+)')) {
                $parameters | Should -Contain $parameter.Groups[1].Value
            }
        }
    }
}

Describe 'README' -Skip:$noEngine {
    BeforeDiscovery {
        $blocks = Get-MarkdownBlock -Page "$PSScriptRoot/../../../README.md" |
            ForEach-Object { @{ Title = $_.Title; Line = $_.Line } }
        $onSwarm = $blocks.Where({ $_.Line -match '-Deploy|-ComposeDeploy' })
        $blocks = $blocks.Where({ $_.Line -notmatch '-Deploy|-ComposeDeploy' })
    }

    BeforeAll {
        Import-Module -Name $PSScriptRoot/../Support/Swarm.psm1 -Force
        $root = (Resolve-Path -LiteralPath "$PSScriptRoot/../../..").ProviderPath
        $shop = New-Shop
        $before = $env:DOCKER_CONFIG
        $env:DOCKER_CONFIG = $shop.Config
    }

    AfterAll {
        Remove-Shop $shop
        $env:DOCKER_CONFIG = $before
    }

    It 'has lines that run: <Title>' -ForEach $blocks {
        if ($Line -match 'Install-PSResource') {
            # Package.Tests.ps1 installs, where that cmdlet exists; here it counts that the package is where the lines look for
            # it.
            Join-Path -Path $root -ChildPath 'out/Compose.*.nupkg' | Should -Exist
            return
        }

        # Line by line, so that each is seen to work by itself.
        $shopOnly = $Line -replace 'Get-ComposeProject -Context prod \|', 'Get-ComposeProject -Context prod -ProjectName shop |'
        Invoke-ShopLine -Shop $shop -Line $shopOnly | Write-Debug
    }

    It 'has lines that run on a swarm: <Title>' -Skip:$noSwarm -ForEach $onSwarm {
        $stack = New-TestProject "name: shop`nservices: {web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s}}"
        $swarm = New-Swarm
        $engine, $env:DOCKER_HOST = $env:DOCKER_HOST, $swarm.EngineHost
        try {
            Invoke-ShopLine -Shop ([pscustomobject]@{ Name = 'shop'; Folder = $stack.Folder; Registry = $null }) -Line $Line |
                Should -Match 'shop_web\.1'
        } finally {
            $env:DOCKER_HOST = $engine
            Remove-Swarm $swarm
            Remove-Item -LiteralPath $stack.Folder -Recurse
        }
    }

    It 'names cmdlets and build tasks that exist' {
        $text = Get-Content -LiteralPath $root/README.md -Raw
        foreach ($name in [regex]::Matches($text, '\b[A-Z]\w+-Compose\w+').Value | Sort-Object -Unique) {
            Get-Command -Name $name -Module Compose -ErrorAction SilentlyContinue | Should -Not -BeNullOrEmpty -Because $name
        }

        $tasks = (Get-Command -Name $root/build.ps1).Parameters['Task'].Attributes.ValidValues
        foreach ($task in [regex]::Matches($text, '\./build\.sh (\w+)').ForEach({ $_.Groups[1].Value })) {
            $tasks | Should -Contain $task
        }

        foreach ($path in [regex]::Matches($text, '`((samples|docs)/[\w./]+)`').ForEach({ $_.Groups[1].Value })) {
            Join-Path -Path $root -ChildPath $path | Should -Exist
        }
    }
}
