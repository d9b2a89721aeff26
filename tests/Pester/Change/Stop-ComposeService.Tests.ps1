BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Stop-ComposeService' -Skip:$noEngine {
    BeforeAll {
        # deaf does not heed TERM; hears notes HUP and goes on.
        $project = New-TestProject @'
services:
  deaf:
    image: busybox
    command: sh -c 'trap "" TERM; while :; do sleep 0.1; done'
    stop_grace_period: 20s
  hears:
    image: busybox
    command: sh -c 'trap "echo heard" HUP; trap "exit 0" TERM; echo ready; while :; do sleep 0.1; done'
    depends_on: [deaf]
'@
    }

    BeforeEach {
        $null = Invoke-ComposeUp -Path $project.Path
        foreach ($attempt in 1..50) {
            if (Invoke-Docker logs --tail 1 "$($project.Name)-hears-1") { break }
            Start-Sleep -Milliseconds 100
        }
    }

    AfterAll { Remove-TestProject $project }

    It 'returns with -PassThru what it acts on: one-offs where they are killed or named, and no others' {
        $once = (Invoke-ComposeRun -Path $project.Path hears -NoDependency -Detach sleep 600).Container
        (Restart-ComposeService -Path $project.Path hears -NoDependency -PassThru).Replica | Should -Be 1
        (Start-ComposeService -Path $project.Path hears -PassThru).Replica | Should -Be 1
        (Stop-ComposeService -Path $project.Path hears -PassThru).Replica | Should -Be 1
        (Start-ComposeService -ProjectName $project.Name -Container $once -PassThru).Container | Should -Be $once
        (Stop-ComposeService -Path $project.Path hears -Kill -PassThru).Container | Should -Contain $once
        $null = Invoke-Docker rm -f $once
    }

    It 'kills at once with -Kill' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Stop-ComposeService -Path $project.Path -Kill
        $null = Wait-State -Project $project -State Exited
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
        (Get-Inspected $project 'deaf-1').State.ExitCode | Should -Be 137
    }

    It 'sends a signal with -Signal and leaves what goes on' {
        Stop-ComposeService -Path $project.Path -Service hears -Signal HUP
        foreach ($attempt in 1..50) {
            if ((Invoke-Docker logs "$($project.Name)-hears-1") -contains 'heard') { break }
            Start-Sleep -Milliseconds 100
        }

        Invoke-Docker logs "$($project.Name)-hears-1" | Should -Contain 'heard'
        (Get-Inspected $project 'hears-1').State.Status | Should -Be 'running'
    }

    It 'kills what is piped' {
        Get-ComposeContainer -Path $project.Path -Service hears | Stop-ComposeService -Kill -Signal SIGTERM
        Wait-State -Project $project -Service hears -State Exited | Should -Be 'Exited'
        (Get-Inspected $project 'hears-1').State.ExitCode | Should -Be 0
        (Get-Inspected $project 'deaf-1').State.Status | Should -Be 'running'
    }

    It 'kills orphans only with -RemoveOrphan when files say what belongs' {
        $less = Join-Path -Path $project.Folder -ChildPath less.yaml
        Set-Content -Path $less -Value "services:`n  hears: { image: busybox }`n"
        Stop-ComposeService -Path $less -ProjectName $project.Name -Kill
        (Get-Inspected $project 'deaf-1').State.Status | Should -Be 'running'
        Stop-ComposeService -Path $less -ProjectName $project.Name -Kill -RemoveOrphan
        Wait-State -Project $project -Service deaf -State Exited | Should -Be 'Exited'
    }

    It 'kills after a -Timeout of its own' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        (Stop-ComposeService -Path $project.Path -Service deaf -Timeout 1 -PassThru).Service | Should -Be 'deaf'
        $watch.Elapsed.TotalSeconds | Should -BeGreaterThan 0.9
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 15
    }

    It 'does nothing with -WhatIf' {
        Stop-ComposeService -Path $project.Path -Kill -WhatIf
        (Get-Inspected $project 'deaf-1').State.Status | Should -Be 'running'
    }

    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'bad signal'; Id = 'InvalidSignal';
            Action = { Stop-ComposeService -ProjectName $project.Name -Signal SIGNOPE } }
        @{ Name = 'unknown service'; Id = 'ServiceNotFound';
            Action = { Stop-ComposeService -ProjectName $project.Name -Service nope -Kill } }
        @{ Name = 'stopped'; Id = 'ServiceNotRunning'; Action = {
                Stop-ComposeService -Path $project.Path -Service hears
                $null = Wait-State -Project $project -Service hears -State Exited
                Stop-ComposeService -ProjectName $project.Name -Service hears -Kill
            }
        }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'keeps -Timeout and -Kill apart' {
        { Stop-ComposeService -ProjectName $project.Name -Kill -Timeout 1 } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }
}
