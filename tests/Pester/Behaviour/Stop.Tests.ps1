# Ctrl+C, which is the pipeline's stop: every cmdlet that streams or waits is left within 200 ms, and no connection, thread,
# handle or program of it stays. A proxy before the engine keeps back what a row wants to be kept waiting for.
BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Interruption.psm1 -Force
    $noProc = -not (Test-Engine) -or -not (Test-Path -Path /proc/self/fd)
    $noTerminal = $noProc -or -not (Get-Command -Name tmux -ErrorAction SilentlyContinue)

    $rows = Get-InterruptionRow
    $programs = @(
        if (-not $noProc -and (& docker buildx version 2>$null)) { @{ Name = 'a build by buildx';
            Script = 'Invoke-ComposeBuild -Path FILE secret'; Child = 'buildx build' } }
        @{ Name = 'a credential helper that does not answer'; Script = 'Invoke-ComposePull -Path FILE pulled';
            Child = 'docker-credential-asleep'; Helper = $true }
    )

    # Every cmdlet that speaks to an engine, before one that does not answer at all.
    $fill = @{
        'Connect-ComposeService' = 'web'; 'Copy-ComposeItem' = 'web:/x FOLDER/x'; 'Export-ComposeContainer' = 'web FOLDER/x';
            'Get-ComposePort' = 'web 80'
        'Invoke-ComposeExec' = 'web true'; 'Invoke-ComposeRun' = 'web'; 'Save-ComposeContainer' = 'web';
            'Set-ComposeScale' = 'web 2'; 'ConvertTo-ComposeFile' = 'web'
    }
    $mute = Get-Command -Module Compose -CommandType Cmdlet |
        Where-Object { $_.Parameters.ContainsKey('EngineHost') -and
            $_.Name -notin 'Enter-ComposeService', 'Get-ComposeConfig', 'Get-ComposeGraph', 'Test-ComposeFile' } |
        ForEach-Object {
            $path = if ($_.Parameters.ContainsKey('Path')) { '-Path FILE' }
            @{ Name = $_.Name; Script = "$($_.Name) $($fill[$_.Name]) $path"; Hold = '_ping'; Ready = '_ping' }
        }
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/EngineProxy.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Interruption.psm1 -Force
    Import-TestedModule

    # What this process has open.
    function Measure-Handle { [IO.Directory]::GetFiles('/proc/self/fd').Count }

    # The threads of this process: those of the pool that are at work, for the runtime keeps idle ones and compiles in the
    # background as it likes, and all others.
    function Measure-Thread {
        $most = $free = $ports = 0
        [Threading.ThreadPool]::GetMaxThreads([ref]$most, [ref]$ports)
        [Threading.ThreadPool]::GetAvailableThreads([ref]$free, [ref]$ports)
        $others = foreach ($task in [IO.Directory]::GetDirectories('/proc/self/task')) {
            try { [IO.File]::ReadAllText("$task/comm").Trim() } catch [IO.IOException] { Write-Debug -Message "$task is gone" }
        }

        $most - $free + @($others -notmatch '^\.NET (TP|Tiered)').Count
    }

    # Waits until nothing is left over a measure taken before; answers what is left.
    function Wait-Settled([int]$Handles, [int]$Threads) {
        foreach ($attempt in 1..60) {
            $left = [pscustomobject]@{ Handles = (Measure-Handle) - $Handles; Threads = (Measure-Thread) - $Threads }
            if ($left.Handles -le 0 -and $left.Threads -le 0) { break }
            Start-Sleep -Milliseconds 100
        }

        $left
    }

    # Runs a row in a runspace of its own, stops it as Ctrl+C does, and answers how long that took and what is left.
    function Measure-Stop([hashtable]$Row) {
        # The least of a few looks: what the row before has left to do is none of this one's.
        $looks = foreach ($look in 1..5) { [pscustomobject]@{ Handles = Measure-Handle; Threads = Measure-Thread };
            Start-Sleep -Milliseconds 20 }
        $handles = ($looks.Handles | Measure-Object -Minimum).Minimum
        $threads = ($looks.Threads | Measure-Object -Minimum).Minimum
        $begun = Start-InterruptionRow $Row $project $proxy
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $begun.Shell.Stop()
        $time = $watch.Elapsed.TotalMilliseconds
        $begun.Shell.Dispose()
        $proxy.Clear()
        $env:DOCKER_HOST = $engineHost
        $left = Wait-Settled $handles $threads
        [pscustomobject]@{ Ready = $begun.Ready; Was = $begun.Was; Milliseconds = $time; Handles = $left.Handles;
            Threads = $left.Threads; Script = $begun.Script }
    }

    # The best of five, each only where the one before was not good enough: the machine may be busy with something else for a
    # while, and what is loaded once, such as a watcher of signals, stays after the first.
    function Assert-Stop([hashtable]$Row) {
        $tries = foreach ($attempt in 1..5) {
            $try = Measure-Stop $Row
            $try
            $leavesNothing = $try.Handles -le 0 -and $try.Threads -le 0
            $isSoon = $try.Milliseconds -lt (Get-TimeLimit 200)
            if ($try.Ready -and $try.Was -eq 'Running' -and $isSoon -and $leavesNothing) { break }
            Start-Sleep -Milliseconds 300
        }

        if ($env:COMPOSE_TEST_STOPS) { "$($Row.Name)`t$(@($tries).ForEach({ '{0:0} ms, {1} handles, {2} threads' -f $_.Milliseconds, $_.Handles, $_.Threads }) -join '; ')" >> $env:COMPOSE_TEST_STOPS }
        $tries[-1].Ready | Should -BeTrue -Because "$($tries[-1].Script) was to be in the midst of its work ($($tries[-1].Was))"
        $tries[-1].Was | Should -Be 'Running'
        ($tries.Milliseconds | Measure-Object -Minimum).Minimum | Should -BeLessThan (Get-TimeLimit 200)
        ($tries.Handles | Measure-Object -Minimum).Minimum |
            Should -BeLessOrEqual 0 -Because 'no connection, file or pipe is left'
        ($tries.Threads | Measure-Object -Minimum).Minimum | Should -BeLessOrEqual 0 -Because 'no thread is left'
    }
}

Describe 'stopping the pipeline' -Skip:$noProc {
    BeforeAll {
        $project = New-InterruptionProject
        $proxy = New-EngineProxy "$($project.Folder)/engine.sock"
        $engineHost = $env:DOCKER_HOST
    }

    AfterAll {
        $env:DOCKER_HOST = $engineHost
        $proxy.Dispose()
        Remove-TestProject $project
    }

    Context 'that streams' {
        It 'leaves <Name> within 200 ms, and nothing open' -ForEach $rows.Streams { Assert-Stop $_ }
    }

    Context 'of a command' {
        It 'leaves <Name> within 200 ms, and nothing open' -ForEach $rows.Commands { Assert-Stop $_ }
    }

    Context 'that waits' {
        It 'leaves <Name> within 200 ms, and nothing open' -ForEach $rows.Waits { Assert-Stop $_ }
    }

    Context 'that changes something' {
        It 'leaves <Name> within 200 ms, and nothing open' -ForEach $rows.Changes { Assert-Stop $_ }
    }

    Context 'that carries files' {
        It 'leaves <Name> within 200 ms, and nothing open' -ForEach $rows.Copies { Assert-Stop $_ }
    }

    Context 'whose work another program does' {
        It 'leaves <Name> within 200 ms, nothing open and no program running' -ForEach $programs {
            $path = $env:PATH
            try {
                if ($Helper) {
                    $env:PATH = "$($project.Folder)/bin:$path"
                    $env:DOCKER_CONFIG = "$($project.Folder)/docker"
                }

                Assert-Stop $_
            } finally {
                $env:PATH = $path
                $env:DOCKER_CONFIG = $null
            }

            foreach ($attempt in 1..30) {
                if (-not (& pgrep -f $Child)) { break }
                Start-Sleep -Milliseconds 100
            }

            & pgrep -f $Child | Should -BeNullOrEmpty
        }
    }

    Context 'before an engine that does not answer' {
        It 'leaves <Name> within 200 ms, and nothing open' -ForEach $mute { Assert-Stop $_ }
    }

    Context 'that has the console' -Skip:$noTerminal {
        BeforeAll {
            Import-Module -Name $PSScriptRoot/../Support/Terminal.psm1 -Force
            $env:DOCKER_HOST = $engineHost
            # Runs a pipeline at this console in a runspace of its own and stops it; the first round loads what is loaded once.
            $measure = @'
# What is open. Of a module the runtime maps, which it may need at any time for the first time, it keeps the file open, twice.
function Measure-File {
    @(foreach ($file in [IO.Directory]::GetFiles('/proc/self/fd')) {
        try { if ([IO.File]::ResolveLinkTarget($file, $false).Name -notlike '*.dll') { $file } } catch [IO.IOException] { Write-Debug -Message "$file is closed" }
    }).Count
}

foreach ($round in 1..4) {
    $runspace = [runspacefactory]::CreateRunspace($Host)
    $runspace.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    $null = $shell.AddScript("Import-Module 'MODULE'; TEXT").BeginInvoke()
    Start-Sleep -Milliseconds 1500
    $state = $shell.InvocationStateInfo.State
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $shell.Stop()
    $time = $watch.ElapsedMilliseconds
    $shell.Dispose()
    $runspace.Dispose()
    Start-Sleep -Milliseconds 500
    # What is asked for last, such as the end of a one-off, takes its time.
    foreach ($look in 1..50) {
        $files = Measure-File
        if ($round -eq 1) { $first = $files }
        if ($files -le $first) { break }
        Start-Sleep -Milliseconds 100
    }

    "round=$round $state ms=$time files=$files"
}

stty -a | Select-String -Pattern ' icanon' | ForEach-Object { 'cooked again' }
'@.Replace('MODULE', $env:COMPOSE_TEST_MODULE)
        }

        It 'leaves <Name> within 200 ms, and the console as it was' -TestCases @(
            @{ Name = 'a shell'; Text = 'Enter-ComposeService -ProjectName NAME web' }
            @{ Name = 'an attached terminal'; Text = 'Connect-ComposeService -ProjectName NAME talk -NoSignalProxy' }
            @{ Name = 'an interactive one-off'; Text = 'Invoke-ComposeRun -Path FILE talk -Interactive -Remove' }
            @{ Name = 'an attached up'; Text = 'Invoke-ComposeUp -Path FILE web -Attach' }
        ) {
            Set-Content -Path "$($project.Folder)/m.ps1" -Value $measure.Replace('TEXT',
                $Text.Replace('NAME', $project.Name).Replace('FILE', $project.Path))
            $terminal = New-Terminal
            try {
                Send-Line $terminal "$($project.Folder)/m.ps1"
                foreach ($round in 1..4) { $null = Wait-Screen $terminal "round=$round " }
                $screen = Wait-Screen $terminal 'cooked again'
            } finally { Remove-Terminal $terminal }

            $rounds = [regex]::Matches($screen, 'round=(\d) (\w+) ms=(\d+) files=(\d+)')
            $rounds.ForEach({ $_.Groups[2].Value }) | Select-Object -Unique | Should -Be 'Running'
            $times = $rounds.ForEach({ [int]$_.Groups[3].Value })
            ($times | Measure-Object -Minimum).Minimum | Should -BeLessThan (Get-TimeLimit 200)
            $files = $rounds.ForEach({ [int]$_.Groups[4].Value })
            ($files | Measure-Object -Maximum).Maximum |
                Should -Be $files[0] -Because "what the first round opened stays and no more, but the open files were $files"
        }
    }

    It 'changed nothing by it' {
        (Get-ComposeContainer -Path $project.Path -Service web, deaf, sick, shut | Select-Object -ExpandProperty State -Unique) |
            Should -Be 'Running'
        (Get-ComposeContainer -Path $project.Path -Service still).State | Should -Be 'Paused'
    }
}
