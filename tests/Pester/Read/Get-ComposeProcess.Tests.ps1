BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeProcess' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: { image: busybox, command: sh -c 'sleep 601 & sleep 602; true', scale: 2 }
  once: { image: busybox, command: "true" }
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Wait-State -Project $project -Service once -State Exited
    }

    AfterAll { Remove-TestProject $project }

    It 'returns the processes of running containers' {
        $processes = Get-ComposeProcess -Path $project.Path
        $processes.Container | Select-Object -Unique | Should -Be @("$($project.Name)-web-1", "$($project.Name)-web-2")
        $processes.Command | Should -Contain 'sleep 601'
        $processes[0].ProcessId | Should -BeOfType [int]
        $processes[0].User | Should -Not -BeNullOrEmpty
        $processes[0].Columns['PID'] | Should -Be "$($processes[0].ProcessId)"
        $parent = $processes | Where-Object Replica -EQ 1 | Where-Object Command -Like 'sh *'
        ($processes | Where-Object ParentProcessId -EQ $parent.ProcessId).Command | Should -Contain 'sleep 601'
    }

    It 'takes what is piped' {
        (Get-ComposeContainer -Path $project.Path | Where-Object Replica -EQ 2 | Get-ComposeProcess).Replica |
            Select-Object -Unique | Should -Be 2
    }

    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'unknown service'; Id = 'ServiceNotFound';
            Action = { Get-ComposeProcess -ProjectName $project.Name -Service nope } }
        @{ Name = 'stopped container'; Id = 'ServiceNotRunning';
            Action = { Get-ComposeProcess -ProjectName $project.Name -Service once } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
