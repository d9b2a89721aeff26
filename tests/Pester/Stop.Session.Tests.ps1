BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    $noProc = -not (Test-Engine) -or -not (Test-Path -Path /proc/self/fd)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-TestedModule

    # The sockets and pipes this process has open.
    function Measure-Handle {
        @([IO.Directory]::GetFiles('/proc/self/fd') | ForEach-Object { [IO.FileInfo]::new($_).LinkTarget } | Where-Object { $_ -match '^(socket|pipe):' }).Count
    }
}

Describe 'stopping a session with a container' -Skip:$noProc {
    BeforeAll {
        $project = New-TestProject "services:`n  web: {image: busybox, command: sh -c 'while sleep 0.05; do echo tick; done', init: true, stop_grace_period: 1s}`n"
        $null = Invoke-ComposeUp -Path $project.Path
    }

    AfterAll { Remove-TestProject $project }

    It 'is done within 200 ms and leaves no connection: <Script>' -TestCases @(
        @{ Script = 'Invoke-ComposeExec -ProjectName {0} web -Stream -- sh -c "while sleep 0.05; do echo tick; done"' }
        @{ Script = 'Invoke-ComposeRun -Path {1} web -Remove -Stream' }
        @{ Script = 'Connect-ComposeService -ProjectName {0} web -NoSignalProxy' }
        @{ Script = 'Invoke-ComposeUp -Path {1} -Attach' }
    ) {
        $text = "Import-Module '$env:COMPOSE_TEST_MODULE'; " + ($Script -f $project.Name, $project.Path)
        $times = [Collections.Generic.List[double]]::new()
        $before = 0
        # The first round loads what is loaded once; the others are measured.
        foreach ($round in 0..3) {
            $shell = [powershell]::Create().AddScript($text)
            $output = [Management.Automation.PSDataCollection[psobject]]::new()
            $null = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
            foreach ($attempt in 1..200) { if ($output.Count -ge 3) { break }; Start-Sleep -Milliseconds 50 }
            $output.Count | Should -BeGreaterOrEqual 3
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $times.Add($watch.Elapsed.TotalMilliseconds)
            $shell.Dispose()
            foreach ($attempt in 1..50) { if ($round -gt 0 -and (Measure-Handle) -le $before) { break }; Start-Sleep -Milliseconds 100 }
            if ($round -eq 0) { $before = Measure-Handle }
        }

        # What is left open by each round would be three by now.
        Measure-Handle | Should -BeLessThan ($before + 3)
        # A busy machine may be late once.
        ($times | Select-Object -Skip 1 | Measure-Object -Minimum).Minimum | Should -BeLessThan 200
        (Get-ComposeContainer -Path $project.Path -Service web).State | Should -Be 'Running'
    }
}
