BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeLog' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web:
    image: busybox
    init: true
    scale: 2
    command: sh -c 'for i in 1 2 3; do echo "$$i of $$HOSTNAME"; sleep 0.1; done; echo bad >&2; sleep 600'
  screen:
    image: busybox
    tty: true
    command: sh -c 'printf "grün €\n"; sleep 600'
    stop_grace_period: 0s
  long:
    image: busybox
    command: sh -c 'head -c 40000 /dev/zero | tr "\0" "x"; echo " Ende ü"'
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Wait-State -Project $project -Service long -State Exited
        Start-Sleep -Seconds 1
    }

    AfterAll { Remove-TestProject $project }

    It 'returns lines with time, stream and replica, merged by time' {
        $entries = Get-ComposeLog -Path $project.Path
        @($entries | Where-Object Service -EQ web).Count | Should -Be 8
        ($entries | Where-Object Stream -EQ stderr).Message | Select-Object -Unique | Should -Be 'bad'
        $entries.Timestamp | Should -Be ($entries.Timestamp | Sort-Object)
        ($entries | Where-Object Service -EQ web).Replica | Select-Object -Unique | Sort-Object | Should -Be @(1, 2)
    }

    It 'reads a terminal, and a line longer than the engine keeps in one piece' {
        (Get-ComposeLog -ProjectName $project.Name -Service screen).Message | Should -Be 'grün €'
        $line = Get-ComposeLog -ProjectName $project.Name -Service long
        $line.Message.Length | Should -Be 40007
        $line.Message | Should -Match 'x Ende ü$'
    }

    It 'narrows: -Tail, -Index, wildcards, containers, several services' {
        (Get-ComposeLog -ProjectName $project.Name -Service web -Tail 1).Message | Should -Be @('bad', 'bad')
        (Get-ComposeLog -ProjectName $project.Name -Service web -Index 2).Replica | Select-Object -Unique | Should -Be 2
        (Get-ComposeLog -ProjectName $project.Name -Service 's*', long).Service | Select-Object -Unique | Sort-Object |
            Should -Be @('long', 'screen')
        (Get-ComposeLog -ProjectName $project.Name -Container "$($project.Name)-web-1").Replica | Select-Object -Unique |
            Should -Be 1
        Get-ComposeLog -ProjectName $project.Name -Tail 0 | Should -BeNullOrEmpty
    }

    It 'takes times as docker and PowerShell write them' {
        $all = @(Get-ComposeLog -ProjectName $project.Name -Service web)
        @(Get-ComposeLog -ProjectName $project.Name -Service web -Since 10m).Count | Should -Be $all.Count
        @(Get-ComposeLog -ProjectName $project.Name -Service web -Since ([TimeSpan]::FromMinutes(10))).Count |
            Should -Be $all.Count
        @(Get-ComposeLog -ProjectName $project.Name -Service web -Until 10m).Count | Should -Be 0
        $middle = $all[4].Timestamp
        $later = @(Get-ComposeLog -ProjectName $project.Name -Service web -Since $middle)
        $later.Count | Should -BeLessThan $all.Count
        $later[0].Timestamp | Should -BeGreaterOrEqual $middle
        @(Get-ComposeLog -ProjectName $project.Name -Service web -Since $middle.ToString('o')).Count | Should -Be $later.Count
        @(Get-ComposeLog -ProjectName $project.Name -Service web -Until $middle.ToLocalTime()).Count |
            Should -BeLessThan $all.Count
    }

    It 'merges what is piped' {
        $entries = Get-ComposeContainer -Path $project.Path -Service web | Get-ComposeLog
        $entries.Count | Should -Be 8
        $entries.Timestamp | Should -Be ($entries.Timestamp | Sort-Object)
    }

    It 'leaves services out that the files do not have' {
        $less = Join-Path -Path $project.Folder -ChildPath less.yaml
        Set-Content -Path $less -Value "services:`n  screen: { image: busybox }`n"
        (Get-ComposeLog -Path $less -ProjectName $project.Name).Service | Select-Object -Unique | Should -Be 'screen'
    }

    It 'follows: new replicas and recreated containers join' {
        $shell = [powershell]::Create().AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; Get-ComposeLog -ProjectName $($project.Name) -Service web, screen -Follow -Tail 0")
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $null = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
        Start-Sleep -Seconds 2
        Set-ComposeScale -Path $project.Path -Service web -Replicas 3
        $null = Invoke-ComposeUp -Path $project.Path -Service screen -ForceRecreate -NoDependency
        # To enumerate the collection would wait for its end.
        $seen = @()
        foreach ($attempt in 1..100) {
            $seen += @($output.ReadAll())
            if ($seen.Service -contains 'screen' -and @($seen | Where-Object Replica -EQ 3).Count -ge 4) { break }
            Start-Sleep -Milliseconds 100
        }

        $shell.Stop()
        @($seen | Where-Object Replica -EQ 3).Message | Select-Object -Last 1 | Should -Be 'bad'
        @($seen | Where-Object Service -EQ screen).Message | Should -Be 'grün €'
        @($seen | Where-Object { $_.Service -eq 'web' -and $_.Replica -lt 3 }) | Should -BeNullOrEmpty
        $shell.Dispose()
    }

    It 'shows a followed line within 100 ms of its being written' {
        $ticker = New-TestProject "services:`n  t: {image: busybox, command: sh -c 'while :; do echo tick; sleep 0.2; done', stop_grace_period: 0s}`n"
        $null = Invoke-ComposeUp -Path $ticker.Path
        $delays = Get-ComposeLog -Path $ticker.Path -Follow -Tail 0 | Select-Object -First 15 |
            ForEach-Object { ([DateTime]::UtcNow - $_.Timestamp).TotalMilliseconds } | Sort-Object
        $delays[7] | Should -BeLessThan (Get-TimeLimit 100)
        Remove-TestProject $ticker
    }

    It 'follows until -Until, though nothing is written any more' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        @(Get-ComposeLog -ProjectName $project.Name -Service web -Index 1 -Follow -Until ([DateTime]::UtcNow.AddSeconds(1))).Count | Should -Be 4
        @(Get-ComposeLog -ProjectName $project.Name -Service web -Index 1 -Follow -Until 10m) | Should -BeNullOrEmpty
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 30
    }

    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'unknown service'; Id = 'ServiceNotFound';
            Action = { Get-ComposeLog -ProjectName $project.Name -Service nope } }
        @{ Name = 'unknown service, followed'; Id = 'ServiceNotFound';
            Action = { Get-ComposeLog -ProjectName $project.Name -Service nope -Follow } }
        @{ Name = 'index out of range'; Id = 'ReplicaNotFound';
            Action = { Get-ComposeLog -ProjectName $project.Name -Service web -Index 9 } }
        @{ Name = 'unknown container'; Id = 'ContainerNotFound';
            Action = { Get-ComposeLog -ProjectName $project.Name -Container nope } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'refuses a bad time' {
        { Get-ComposeLog -ProjectName $project.Name -Since 'last week' } | Should -Throw -ExpectedMessage '*is not a time*'
    }
}
