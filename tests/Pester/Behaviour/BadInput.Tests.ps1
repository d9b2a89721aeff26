# Input that cannot be: one clear record each. What a cmdlet's own file shows already is not here again.
BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Registry.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noRegistry = $noEngine -or -not (Test-Registry)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Registry.psm1 -Force
    Import-TestedModule

    function Assert-OneError([scriptblock]$Action, [string]$Id) {
        $ErrorActionPreference = 'Continue'
        $told = & $Action 2>&1 3>$null
        $problem = @($told | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
        $problem.FullyQualifiedErrorId -join "`n" | Should -BeLike "$Id,Compose.Module.Commands.*Command"
        "$($problem[0])" | Should -Not -BeNullOrEmpty
        @($told).Count | Should -Be 1 -Because 'there is nothing to return'
    }
}

Describe 'bad input' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, develop: {watch: [{path: ., action: sync, target: /x}]}}
  gone: {image: busybox, command: "true"}
'@
        $named = @{ ProjectName = $project.Name }
        $filed = @{ Path = $project.Path }
        $null = Invoke-ComposeUp @filed
        $null = Wait-ComposeService @named gone -For Exited
    }

    AfterAll { Remove-TestProject $project }

    It 'is one error: <Name> of an unknown service' -TestCases @(
        @{ Name = 'a pull'; Action = { Invoke-ComposePull @filed nobody } }
        @{ Name = 'a push'; Action = { Invoke-ComposePush @filed nobody } }
        @{ Name = 'a build'; Action = { Invoke-ComposeBuild @filed nobody } }
        @{ Name = 'up'; Action = { Invoke-ComposeUp @filed nobody } }
        @{ Name = 'an attached up'; Action = { Invoke-ComposeUp @filed nobody -Attach } }
        @{ Name = 'a watch'; Action = { Watch-ComposeProject @filed nobody } }
        @{ Name = 'a start'; Action = { Start-ComposeService @named nobody } }
        @{ Name = 'a start by files'; Action = { Start-ComposeService @filed nobody } }
        @{ Name = 'a stop'; Action = { Stop-ComposeService @named nobody } }
        @{ Name = 'a scale by files'; Action = { Set-ComposeScale @filed nobody 2 } }
        @{ Name = 'a wait by files'; Action = { Wait-ComposeService @filed nobody } }
        @{ Name = 'a log by files'; Action = { Get-ComposeLog @filed nobody } }
        @{ Name = 'processes by files'; Action = { Get-ComposeProcess @filed nobody } }
        @{ Name = 'an image'; Action = { Get-ComposeImage @named -Service nobody } }
    ) { Assert-OneError $Action 'ServiceNotFound' }

    It 'is one error: <Name>' -TestCases @(
        @{ Name = 'a stopped container to write its signal to'; Id = 'ServiceNotRunning';
            Action = { Stop-ComposeService @named gone -Signal HUP } }
        @{ Name = 'a scale by labels of a service without containers'; Id = 'NoReplicaToClone';
            Action = { Set-ComposeScale @named nobody 2 } }
        @{ Name = 'stats of a container that is not there'; Id = 'ContainerNotFound';
            Action = { Get-ComposeStats @named -Container nobody } }
        @{ Name = 'a log of a replica that is not there, followed'; Id = 'ReplicaNotFound';
            Action = { Get-ComposeLog @named web -Index 9 -Follow } }
        @{ Name = 'a file that no file can be copied to'; Id = 'CopyWriteFailed';
            Action = { Copy-ComposeItem @named web:/etc/hosts /proc/hosts } }
        @{ Name = 'a directory of which nothing can be exported to'; Id = 'CopyWriteFailed';
            Action = { Export-ComposeContainer @named web /proc/x.tar } }
        @{ Name = 'output that cannot be written'; Id = 'OutFileNotWritable';
            Action = { Invoke-ComposeExec @named web -OutFile /proc/x -- true } }
        @{ Name = 'output of a one-off that cannot be written'; Id = 'OutFileNotWritable';
            Action = { Invoke-ComposeRun @filed web -OutFile /proc/x -- true } }
        @{ Name = 'a compose file that is not there'; Id = 'ComposeFileNotFound';
            Action = { Invoke-ComposeUp -Path "$($project.Folder)/none.yaml" } }
        @{ Name = 'a stream that cannot be read'; Id = 'CopyReadFailed'; Action = {
                $closed = [IO.MemoryStream]::new()
                $closed.Dispose()
                , $closed | Copy-ComposeItem @named -Destination web:/tmp/x
            }
        }
    ) { Assert-OneError $Action $Id }

    It 'refuses <Name> before anything is asked' -TestCases @(
        @{ Name = 'a time of events'; Action = { Get-ComposeEvent @named -Until 'some day' } }
        @{ Name = 'a time of a log'; Action = { Get-ComposeLog @named -Until 'some day' } }
        @{ Name = 'an index of none'; Action = { Connect-ComposeService @named web -Index 0 } }
        @{ Name = 'a time to wait'; Action = { Wait-ComposeService @named -Timeout 'long' } }
        @{ Name = 'a time to wait below zero'; Action = { Wait-ComposeService @named -Timeout -1 } }
        @{ Name = 'a time for up to wait below zero'; Action = { Invoke-ComposeUp @filed -WaitTimeout -1 } }
        @{ Name = 'a time for a start to wait below zero'; Action = { Start-ComposeService @named -Wait -WaitTimeout -0.5 } }
        @{ Name = 'something to wait for'; Action = { Wait-ComposeService @named -For Godot } }
    ) { $Action | Should -Throw -ErrorId '*Argument*,Compose.Module.Commands.*' }
}

Describe 'a wrong password' -Skip:$noRegistry {
    BeforeAll {
        $registry = Start-TestRegistry
        $image = "$($registry.Host)/team/private:1"
        $seed = New-TestProject "services:`n  app:`n    image: $image`n    build: { dockerfile_inline: FROM busybox }`n"
        $null = Invoke-ComposeBuild -Path $seed.Path -Push -RegistryCredential $registry.Credential
        & docker image rm -f $image 2>&1 | Out-Null
        $project = New-TestProject "services:`n  app: {image: '$image'}`n  made: {build: {dockerfile_inline: 'FROM $image'}}`n"
        $login = @{ Path = $project.Path; RegistryCredential = $registry.Wrong }
    }

    AfterAll {
        Remove-TestProject $project
        Remove-TestProject $seed
        Stop-TestRegistry $registry
    }

    It 'is one error of <Name>' -TestCases @(
        @{ Name = 'up'; Action = { Invoke-ComposeUp @login app } }
        @{ Name = 'an attached up'; Action = { Invoke-ComposeUp @login app -Attach } }
        @{ Name = 'a one-off'; Action = { Invoke-ComposeRun @login app } }
        @{ Name = 'a pull'; Action = { Invoke-ComposePull @login app } }
    ) { Assert-OneError $Action 'ImagePullDenied' }

    It 'is one error of a build, which names the image' {
        $null = Invoke-ComposeBuild @login made -ErrorAction SilentlyContinue -ErrorVariable problem -WarningAction SilentlyContinue
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -Match '^(BuildFailed|ImagePullDenied),'
        $problem[0].ErrorDetails.Message | Should -Match 'unauthorized|denied|no basic auth'
        $problem[0].ErrorDetails.Message | Should -BeLike "*$($registry.Host)/team/private*"
    }
}
