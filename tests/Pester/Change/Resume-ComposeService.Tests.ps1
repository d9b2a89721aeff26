BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Resume-ComposeService' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  a: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, scale: 2 }
  b: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }
  once: { image: busybox, command: "true" }
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Wait-State -Project $project -Service once -State Exited
        $named = @{ ProjectName = $project.Name }

        function Get-State {
            (Get-ComposeContainer @named -All | Sort-Object -Property Container).State -join ' '
        }
    }

    BeforeEach { Get-ComposeContainer @named -Status Running | Suspend-ComposeService }
    AfterAll { Remove-TestProject $project }

    It 'lets everything that is paused go on and says nothing; twice is an error' {
        Push-Location -Path $project.Folder
        $said = try {
            Resume-ComposeService 3>&1
            Resume-ComposeService -ErrorVariable problem -ErrorAction SilentlyContinue
        } finally { Pop-Location }
        $said | Should -BeNullOrEmpty
        "$problem" | Should -BeLike '*is not paused*'
        Get-State | Should -Be 'Running Running Running Exited'
        (Get-Inspected $project 'b-1').State.Paused | Should -BeFalse
    }

    It 'lets go on what is named: <Name>' -TestCases @(
        @{ Name = 'a service'; What = { Resume-ComposeService @named a }; Then = 'Running Running Paused Exited' }
        @{ Name = 'several'; What = { Resume-ComposeService -Path $project.Path -Service a, b };
            Then = 'Running Running Running Exited' }
        @{ Name = 'a container'; What = { Resume-ComposeService @named -Container "$($project.Name)-a-2" };
            Then = 'Paused Running Paused Exited' }
        @{ Name = 'a piped container'; What = { Get-ComposeContainer @named -Service a | Where-Object Replica -EQ 1 |
            Resume-ComposeService }; Then = 'Running Paused Paused Exited' }
        @{ Name = 'piped services'; What = { Get-ComposeService @named | Where-Object State -EQ Paused | Resume-ComposeService };
            Then = 'Running Running Running Exited' }
        @{ Name = 'a piped project'; What = { Get-ComposeProject $project.Name -All | Resume-ComposeService };
            Then = 'Running Running Running Exited' }
        @{ Name = 'nothing with -WhatIf'; What = { Resume-ComposeService @named -WhatIf }; Then = 'Paused Paused Paused Exited' }
    ) {
        & $What | Should -BeNullOrEmpty
        Get-State | Should -Be $Then
    }

    It 'returns the containers with -PassThru' {
        $passed = Resume-ComposeService @named a -PassThru
        $passed.Container | Should -Be @("$($project.Name)-a-1", "$($project.Name)-a-2")
        $passed.State | Should -Be @('Running', 'Running')
    }

    It 'only warns, as docker compose ends with 0: <Name>' -TestCases @(
        @{ Name = 'unknown service'; Warning = "*no container of service 'nope'*";
            Action = { Resume-ComposeService @named nope } }
        @{ Name = 'stopped container'; Warning = '*once-1 is exited*'; Action = { Resume-ComposeService @named once } }
    ) {
        $told = & $Action 3>&1
        @($told).Count | Should -Be 1
        $told.Message | Should -BeLike $Warning
    }

    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'unknown container'; Id = 'ContainerNotFound'; Action = { Resume-ComposeService @named -Container nope } }
        @{ Name = 'something else piped'; Id = 'NotAComposeObject'; Action = { 'a' | Resume-ComposeService } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        Get-State | Should -Be 'Paused Paused Paused Exited'
    }
}
