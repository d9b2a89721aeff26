BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
    $sleeper = "image: busybox`n    command: sleep 600`n    init: true`n    stop_grace_period: 0s`n"
}

Describe 'flows of a running project' -Skip:$noEngine {
    AfterEach {
        Remove-TestProject $project
    }

    It 'flow 6: tells every published port, and who has one that is taken' {
        $project = New-TestProject "services:`n  web:`n    $sleeper    ports: ['28351:80', '3000', '127.0.0.1:28352:81', '127.0.0.1:28353:53/udp', '28354-28356:9000']`n    expose: ['7000']`n"
        $null = Invoke-ComposeUp -Path $project.Path
        $ports = Get-ComposePort -ProjectName $project.Name -Service web
        ($ports | Where-Object PrivatePort -EQ 80).HostPort | Select-Object -Unique | Should -Be 28351
        ($ports | Where-Object PrivatePort -EQ 3000).HostPort | Select-Object -First 1 | Should -BeGreaterThan 1024
        ($ports | Where-Object PrivatePort -EQ 81).HostIP | Should -Be '127.0.0.1'
        (Get-ComposePort -ProjectName $project.Name -Service web -PrivatePort 53 -Protocol udp).HostPort | Should -Be 28353
        ($ports | Where-Object PrivatePort -EQ 9000).HostPort | Select-Object -First 1 | Should -BeIn 28354, 28355, 28356
        $ports.PrivatePort | Should -Not -Contain 7000

        $other = New-TestProject "services:`n  web:`n    $sleeper    ports: ['28351:80']`n"
        try {
            $null = Invoke-ComposeUp -Path $other.Path -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PortInUse,*'
            $problem[0].Exception.Message | Should -Match "$($project.Name)-web-1"
        } finally {
            Remove-TestProject $other
        }
    }

    It 'flow 17: keeps container and files through stop, start, restart, pause and kill, and returns to the file after down' {
        $project = New-TestProject "services:`n  web:`n    $sleeper    scale: 2`n"
        $ids = (Invoke-ComposeUp -Path $project.Path).Id
        $null = Invoke-ComposeExec -ProjectName $project.Name -Service web -Index 2 -Command touch, /kept
        $at = @{ ProjectName = $project.Name }

        (Stop-ComposeService @at -PassThru).State | Select-Object -Unique | Should -Be Exited
        (Start-ComposeService @at -PassThru).State | Select-Object -Unique | Should -Be Running
        (Restart-ComposeService @at -PassThru).State | Select-Object -Unique | Should -Be Running
        (Suspend-ComposeService @at -PassThru).State | Select-Object -Unique | Should -Be Paused
        (Resume-ComposeService @at -PassThru).State | Select-Object -Unique | Should -Be Running
        Stop-ComposeService @at -Kill -Signal SIGINT
        $null = Wait-ComposeService @at -For Exited -Timeout 10
        Start-ComposeService @at
        (Get-ComposeContainer @at).Id | Should -Be $ids
        (Invoke-ComposeExec @at -Service web -Index 2 -Command ls, /kept).ExitCode | Should -Be 0

        Remove-ComposeService @at -Service web -Stop -Force
        Get-ComposeContainer @at -All | Should -BeNullOrEmpty
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Set-ComposeScale @at -Service web -Replicas 3
        Remove-ComposeProject @at
        @(Invoke-ComposeUp -Path $project.Path).Count | Should -Be 2
    }

    It 'flow 26: runs one-offs, execs by index, copies both ways and tells processes, use, events and ports as objects' {
        $project = New-TestProject "services:`n  web:`n    $sleeper    scale: 2`n    ports: ['127.0.0.1::80', '127.0.0.1::53/udp']`n    environment: [COLOUR=red]`n"
        $null = Invoke-ComposeUp -Path $project.Path
        $at = @{ ProjectName = $project.Name }

        $run = Invoke-ComposeRun -Path $project.Path -Service web -Environment @{ COLOUR = 'blue' } -WorkingDirectory /tmp -User 1000 -Remove -Command sh, -c, 'echo $COLOUR $PWD $(id -u); echo told >&2; exit 4'
        $run.ExitCode | Should -Be 4
        "$($run.StandardOutput)".Trim() | Should -Be 'blue /tmp 1000'
        "$($run.StandardError)".Trim() | Should -Be 'told'
        Get-ComposeContainer @at -All | Where-Object OneOff | Should -BeNullOrEmpty

        $exec = Invoke-ComposeExec @at -Service web -Index 2 -Command hostname
        $exec.Container | Should -Be "$($project.Name)-web-2"
        "$($exec.StandardOutput)".Trim() | Should -Be (Get-ComposeContainer @at | Where-Object Replica -EQ 2).Id.Substring(0, 12)

        $file = Join-Path -Path $project.Folder -ChildPath note.txt
        Set-Content -Path $file -Value 'by copy'
        Copy-ComposeItem -Source $file -Destination web:/tmp/note.txt @at
        (Invoke-ComposeExec @at -Service web -Index 1 -Command cat, /tmp/note.txt).StandardOutput | Out-String |
            Should -Match 'by copy'
        Copy-ComposeItem -Source web:/tmp/note.txt -Destination (Join-Path -Path $project.Folder -ChildPath back.txt) @at
        Get-Content -Path (Join-Path -Path $project.Folder -ChildPath back.txt) | Should -Be 'by copy'

        (Get-ComposeProcess @at -Service web).Command | Should -Contain 'sleep 600'
        $stats = Get-ComposeStats @at
        $stats.Container | Sort-Object | Should -Be "$($project.Name)-web-1", "$($project.Name)-web-2"
        $stats[0].MemoryUsage | Should -BeGreaterThan 0
        (Get-ComposeEvent @at -Since 2m -Until (Get-Date)).Action | Should -Contain 'start'
        (Get-ComposePort @at -Service web -PrivatePort 53 -Protocol udp -Index 2).HostPort | Should -BeGreaterThan 1024
    }
}
