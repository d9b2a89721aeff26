BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeStats' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  busy: { image: busybox, command: sh -c 'while :; do :; done', mem_limit: 64m }
  idle: { image: busybox, command: sleep 600, init: true }
  once: { image: busybox, command: "true" }
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Wait-State -Project $project -Service once -State Exited
    }

    AfterAll { Remove-TestProject $project }

    It 'returns one sample of each running container, as numbers' {
        $stats = Get-ComposeStats -Path $project.Path
        $stats.Service | Should -Be @('busy', 'idle')
        $busy, $idle = $stats
        $busy.CpuPercent | Should -BeOfType [double]
        $busy.CpuPercent | Should -BeGreaterThan 5
        $idle.CpuPercent | Should -BeLessThan 5
        $busy.MemoryUsage | Should -BeGreaterThan 0
        $busy.MemoryLimit | Should -Be 64MB
        $busy.MemoryPercent | Should -BeGreaterThan 0
        $busy.NetworkRx | Should -BeOfType [long]
        $busy.Pids | Should -BeGreaterThan 0
        ([DateTime]::UtcNow - $busy.Timestamp).TotalSeconds | Should -BeLessThan 30
    }

    It 'agrees with docker about memory' {
        $told = Invoke-Docker stats --no-stream --format '{{.MemUsage}}' "$($project.Name)-idle-1"
        $told -match '^(?<number>[\d.]+)(?<unit>[KM]iB) / ' | Should -BeTrue
        $bytes = [double]$Matches.number * $(if ($Matches.unit -eq 'KiB') { 1KB } else { 1MB })
        (Get-ComposeStats -Path $project.Path -Service idle).MemoryUsage | Should -BeGreaterThan ($bytes * 0.7)
        (Get-ComposeStats -Path $project.Path -Service idle).MemoryUsage | Should -BeLessThan ($bytes * 1.5 + 64KB)
    }

    It 'returns stopped containers with -All' {
        $once = Get-ComposeStats -Path $project.Path -All | Where-Object Service -EQ once
        $once.CpuPercent | Should -Be 0
        $once.MemoryUsage | Should -Be 0
    }

    It 'takes what is piped, in about the time of one' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        (Get-ComposeContainer -Path $project.Path | Get-ComposeStats).Service | Should -Be @('busy', 'idle')
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 6
    }

    It 'stays with -Follow, and those that start join' {
        $started = $false
        $seen = @{}
        Get-ComposeStats -ProjectName $project.Name -Follow | ForEach-Object -Process {
            $seen[$_.Service] = 1 + $seen[$_.Service]
            if (-not $started) {
                $null = Invoke-Docker start "$($project.Name)-once-1"
                Set-ComposeScale -Path $project.Path -Service idle -Replicas 2 -WarningAction SilentlyContinue
                $started = $true
            }

            $_
        } | Where-Object { $_.Container -like '*idle-2' } | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        $seen.busy | Should -BeGreaterThan 0
        Set-ComposeScale -Path $project.Path -Service idle -Replicas 1
    }

    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'unknown service'; Id = 'ServiceNotFound';
            Action = { Get-ComposeStats -ProjectName $project.Name -Service nope } }
        @{ Name = 'unknown container'; Id = 'ContainerNotFound';
            Action = { Get-ComposeStats -ProjectName $project.Name -Container nope } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
