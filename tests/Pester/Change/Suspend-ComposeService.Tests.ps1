BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Suspend-ComposeService' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  a: { image: busybox, command: sleep 600, init: true, scale: 2 }
  b: { image: busybox, command: sleep 600, init: true }
  once: { image: busybox, command: "true" }
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Wait-State -Project $project -Service once -State Exited

        function Get-State {
            (Get-ComposeContainer -ProjectName $project.Name -All | Sort-Object -Property Container).State -join ' '
        }
    }

    AfterEach { Get-ComposeContainer -ProjectName $project.Name -Status Paused | Resume-ComposeService }
    AfterAll { Remove-TestProject $project }

    It 'pauses a service' {
        Suspend-ComposeService -Path $project.Path -Service a
        Get-State | Should -Be 'Paused Paused Running Exited'
        (Get-Inspected $project 'a-1').State.Paused | Should -BeTrue
    }

    It 'pauses all that runs without -Service; twice is an error, as is a second Resume-ComposeService' {
        Suspend-ComposeService -Path $project.Path -Service b
        Suspend-ComposeService -Path $project.Path -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem | Should -HaveCount 1
        "$problem" | Should -BeLike '*already paused*'
        Get-State | Should -Be 'Paused Paused Paused Exited'
        Resume-ComposeService -Path $project.Path
        Resume-ComposeService -Path $project.Path -Service b -ErrorVariable problem -ErrorAction SilentlyContinue
        "$problem" | Should -BeLike '*not paused*'
    }

    It 'takes single containers from the pipeline' {
        $passed = Get-ComposeContainer -ProjectName $project.Name -Service a | Where-Object Replica -EQ 2 |
            Suspend-ComposeService -PassThru
        $passed.Container | Should -Be "$($project.Name)-a-2"
        $passed.State | Should -Be 'Paused'
        Get-State | Should -Be 'Running Paused Running Exited'
    }

    It 'warns of a stopped one among others' {
        Get-ComposeContainer -ProjectName $project.Name -All -Service b, once |
            Suspend-ComposeService -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -BeLike '*once-1 is exited*'
        Get-State | Should -Be 'Running Running Paused Exited'
    }

    It 'only warns, as docker compose ends with 0: <Name>' -TestCases @(
        @{ Name = 'unknown service'; Warning = "*no container of service 'nope'*";
            Action = { Suspend-ComposeService -ProjectName $project.Name -Service nope } }
        @{ Name = 'stopped container'; Warning = '*once-1 is exited*';
            Action = { Suspend-ComposeService -ProjectName $project.Name -Service once } }
    ) {
        $told = & $Action 3>&1
        @($told).Count | Should -Be 1
        $told | Should -BeOfType 'System.Management.Automation.WarningRecord'
        $told.Message | Should -BeLike $Warning
    }
}
