BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noTerminal = $noEngine -or -not (Get-Command -Name tmux -ErrorAction SilentlyContinue)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Terminal.psm1 -Force
    Import-TestedModule
}

Describe 'Enter-ComposeService and Invoke-ComposeRun -Interactive at a real terminal' -Skip:$noTerminal {
    BeforeAll {
        $project = New-TestProject "services:`n  web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s, deploy: {replicas: 2}}`n  gone: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s}`n"
        $null = Invoke-ComposeUp -Path $project.Path
        $enter = "Enter-ComposeService -ProjectName $($project.Name) web"
    }

    BeforeEach { $terminal = New-Terminal }
    AfterEach { Remove-Terminal $terminal }
    AfterAll { Remove-TestProject $project }

    It 'opens a shell with a terminal of the same size, and follows when it changes' {
        Send-Line $terminal $enter
        $null = Wait-Screen $terminal '/ #$'
        Send-Line $terminal 'stty size; tty; echo $((6*7))'
        Wait-Screen $terminal '(?s)30 100\n/dev/pts/\d+\n42' | Should -Not -BeNullOrEmpty
        & tmux resize-window -t $terminal -x 80 -y 24
        Send-Line $terminal 'while [ "$(stty size)" != "24 80" ]; do sleep 0.1; done; echo resi""zed'
        Wait-Screen $terminal 'resized' | Should -Not -BeNullOrEmpty
        Send-Line $terminal 'exit'
        Wait-Screen $terminal '(?m)^ready>$' | Should -Not -BeNullOrEmpty
    }

    It 'passes Ctrl+C, Ctrl+Z and arrows on as keys' {
        Send-Line $terminal $enter
        $null = Wait-Screen $terminal '/ #$'
        Send-Line $terminal 'sleep 60'
        Start-Sleep -Milliseconds 500
        Send-Key $terminal C-c
        Send-Line $terminal 'echo code $?'
        Wait-Screen $terminal 'code 130' | Should -Not -BeNullOrEmpty
        Send-Line $terminal 'echo first'
        $null = Wait-Screen $terminal '(?m)^first'
        Send-Key $terminal Up, Enter
        Wait-Screen $terminal '(?s)first.*\nfirst\n.*\nfirst' | Should -Not -BeNullOrEmpty
        Send-Key $terminal C-d
        Wait-Screen $terminal '(?m)^ready>$' | Should -Not -BeNullOrEmpty
    }

    It 'gives the terminal back as it was' {
        $settings = Join-Path -Path $project.Folder -ChildPath settings
        Send-Line $terminal "stty -g | Set-Content $settings.1; $enter"
        $null = Wait-Screen $terminal '/ #$'
        Send-Line $terminal 'exit'
        $null = Wait-Screen $terminal '(?m)^ready>$'
        Send-Line $terminal "stty -g | Set-Content $settings.2; 'written'"
        $null = Wait-Screen $terminal '(?m)^written'
        Get-Content -Path "$settings.2" | Should -Be (Get-Content -Path "$settings.1")
    }

    It 'leaves the shell running with the detach keys, its own or given ones' {
        Send-Line $terminal $enter
        $null = Wait-Screen $terminal '/ #$'
        Send-Line $terminal 'sleep 345'
        Start-Sleep -Milliseconds 300
        Send-Key $terminal C-p, C-q
        $null = Wait-Screen $terminal '(?m)^ready>$'
        (Invoke-ComposeExec -ProjectName $project.Name web ps).StandardOutput | Should -Match 'sleep 345'
        Send-Line $terminal "$enter -DetachKey 'ctrl-x,d'"
        $null = Wait-Screen $terminal '(?s)ready>.*/ #$'
        Send-Key $terminal C-x, d
        Wait-Screen $terminal '(?m)^ready>$' | Should -Not -BeNullOrEmpty
    }

    It 'runs another command, in the replica, directory and with the variables asked for' {
        Send-Line $terminal "$enter -Index 2 -WorkingDirectory /tmp -User 1000 -Environment A=given -PassThru -- sh -c 'hostname; pwd; id -u; echo `$A; exit 5' | Select-Object Container, ExitCode | ConvertTo-Json -Compress"
        $screen = Wait-Screen $terminal '"ExitCode":5'
        $screen | Should -Match '(?s)/tmp\n1000\ngiven'
        $screen | Should -Match "$($project.Name)-web-2"
    }

    It 'enters a single container with -Container' {
        Send-Line $terminal "$enter -Container $($project.Name)-web-2 hostname"
        $id = (Get-ComposeContainer -ProjectName $project.Name -Service web | Where-Object Replica -EQ 2).Id.Substring(0, 12)
        Wait-Screen $terminal "(?m)^$id" | Should -Not -BeNullOrEmpty
    }

    It 'asks for every right with -Privileged, which an engine in a container may not have to give' {
        Send-Line $terminal "$enter -- grep CapEff /proc/self/status; $enter -Privileged -- grep CapEff /proc/self/status"
        $screen = Wait-Screen $terminal '(?s)CapEff:\s+\w+\s.*(CapEff:\s+\w+\s|unable to apply caps)'
        $rights = [regex]::Matches($screen, 'CapEff:\s+(\w{16})').ForEach({ [Convert]::ToUInt64($_.Groups[1].Value, 16) })
        if ($rights.Count -eq 2) { $rights[1] | Should -BeGreaterThan $rights[0] }
    }

    It 'tells what cannot be entered, and gives the terminal back' {
        Send-Line $terminal "Enter-ComposeService -ProjectName $($project.Name) nobody; `$Error[0].FullyQualifiedErrorId"
        Wait-Screen $terminal 'ServiceNotFound,' | Should -Not -BeNullOrEmpty
        Send-Line $terminal "Clear-Host; Enter-ComposeService -ProjectName $($project.Name) web -Index 9; `$Error[0].FullyQualifiedErrorId"
        Wait-Screen $terminal 'ReplicaNotFound,' | Should -Not -BeNullOrEmpty
        Send-Line $terminal "Clear-Host; Stop-ComposeService -ProjectName $($project.Name) gone; Enter-ComposeService -ProjectName $($project.Name) gone; `$Error[0].FullyQualifiedErrorId"
        Wait-Screen $terminal 'ServiceNotRunning,' | Should -Not -BeNullOrEmpty
        Send-Line $terminal "Clear-Host; $enter no-such-command; `$Error[0].FullyQualifiedErrorId"
        Wait-Screen $terminal 'CommandNotStarted,' | Should -Not -BeNullOrEmpty
        Send-Line $terminal "Clear-Host; $enter -DetachKey nonsense; `$Error[0].FullyQualifiedErrorId"
        Wait-Screen $terminal 'DetachKeysInvalid,' | Should -Not -BeNullOrEmpty
        Send-Line $terminal 'stty -a | Select-String " icanon"'
        Wait-Screen $terminal ' icanon' | Should -Not -BeNullOrEmpty
    }

    It 'leaves a one-off with the detach keys, and it goes on' {
        Send-Line $terminal "Invoke-ComposeRun -Path $($project.Path) web -Interactive -DetachKey 'ctrl-x,d' sh"
        $null = Wait-Screen $terminal '/ #$'
        # The usual keys are the program's then, the engine's no less than ours.
        Send-Key $terminal C-p, C-q
        Send-Line $terminal 'echo still he""re'
        $null = Wait-Screen $terminal '(?m)^still here'
        Send-Key $terminal C-x, d
        $null = Wait-Screen $terminal '(?m)^ready>$'
        $oneOff = Get-ComposeContainer -ProjectName $project.Name -All | Where-Object OneOff
        $oneOff.State | Should -Be 'Running'
        $null = Invoke-Docker rm -f $oneOff.Container
    }

    It 'runs a one-off at the terminal, and removes it' {
        Send-Line $terminal "Invoke-ComposeRun -Path $($project.Path) web -Remove -Interactive sh | Select-Object ExitCode | ConvertTo-Json -Compress"
        $null = Wait-Screen $terminal '/ #$'
        Send-Line $terminal 'until stty size | grep "30 100"; do sleep 0.1; done; exit 7'
        Wait-Screen $terminal '(?s)30 100.*"ExitCode":7' | Should -Not -BeNullOrEmpty
        Get-ComposeContainer -ProjectName $project.Name -All | Where-Object OneOff | Should -BeNullOrEmpty
    }
}

Describe 'without a terminal' -Skip:$noEngine {
    It 'refuses <Name>' -TestCases @(
        @{ Name = 'Enter-ComposeService'; Arguments = 'web' }
        @{ Name = 'Invoke-ComposeRun'; Arguments = 'web -Interactive' }
    ) {
        $project = New-TestProject "services:`n  web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s}`n"
        try {
            $null = Invoke-ComposeUp -Path $project.Path
            $script = "$Name -Path $($project.Path) $Arguments -ErrorAction SilentlyContinue; `$Error[0].FullyQualifiedErrorId"
            Invoke-SharedShell $script | Should -BeLike 'NoTerminal,*'
            @(Get-ComposeContainer -ProjectName $project.Name -All) | Should -HaveCount 1
        }
        finally { Remove-TestProject $project }
    }
}
