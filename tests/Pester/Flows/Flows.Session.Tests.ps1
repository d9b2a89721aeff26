BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

# The flows of a working life with compose, numbered; each file of flows has one theme.
Describe 'working inside containers' -Skip:$noEngine {
    BeforeEach { $project = $null }
    AfterEach { Remove-TestProject $project }

    It 'flow 26: runs one-offs with overrides beside replicas, and commands in a replica by its number' {
        $project = New-TestProject "services:`n  web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s, environment: {LEVEL: file}, volumes: ['data:/data'], deploy: {replicas: 2}, depends_on: [db]}`n  db: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s}`nvolumes: {data: }`n"
        $null = Invoke-ComposeUp -Path $project.Path
        $written = 'from the pipe' | Invoke-ComposeRun -Path $project.Path web -Remove -Environment LEVEL=run -User 0 -WorkingDirectory /data -- sh -c 'cat > note; echo $LEVEL >> note; exit 3'
        $written.ExitCode | Should -Be 3
        $read = Invoke-ComposeExec -Path $project.Path web -Index 2 -- sh -c 'cat /data/note; echo kept apart >&2'
        $read.StandardOutput | Should -Be "from the pipe`nrun"
        $read.StandardError | Should -Be 'kept apart'
        $read.Replica | Should -Be 2
        (Get-ComposeContainer -Path $project.Path -All).Container |
            Should -Be @("$($project.Name)-db-1", "$($project.Name)-web-1", "$($project.Name)-web-2")
        (Get-ComposePlan -Path $project.Path).Actions | Should -BeNullOrEmpty
    }
}
