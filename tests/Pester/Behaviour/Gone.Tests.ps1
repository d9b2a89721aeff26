# An engine that goes in the midst of the work: one clear record, soon, and no half-written file.
BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Interruption.psm1 -Force
    $noProc = -not (Test-Engine) -or -not (Test-Path -Path /proc/self/fd)
    # A watch goes on and tells it at the next change, a stream is read before the engine is asked, and a slow reader or
    # condition is no affair of the engine's.
    $rows = (Get-InterruptionRow).Values | ForEach-Object { $_ } |
        Where-Object Name -NotIn 'a watch', 'a copy of a stream that does not end', 'a followed log whose reader is slow',
            'a condition that takes long' | Sort-Object -Property { $_.Name }
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/EngineProxy.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Interruption.psm1 -Force
    Import-TestedModule
}

Describe 'an engine that goes' -Skip:$noProc {
    BeforeAll {
        $project = New-InterruptionProject
        $engineHost = $env:DOCKER_HOST
    }

    AfterAll {
        $env:DOCKER_HOST = $engineHost
        Remove-TestProject $project
    }

    It 'in the midst of <Name> is one error, soon, and no half-written file stays' -ForEach $rows {
        $proxy = New-EngineProxy "$($project.Folder)/going.sock"
        try {
            $begun = Start-InterruptionRow $_ $project $proxy
            $begun.Ready | Should -BeTrue -Because $begun.Was
        } finally {
            $proxy.Dispose()
            $env:DOCKER_HOST = $engineHost
        }

        $ended = $begun.Run.AsyncWaitHandle.WaitOne(20000)
        $begun.Shell.Stop()
        $ended | Should -BeTrue -Because 'the end of the engine is noticed soon'
        $problem = @(for ($index = 0; $index -lt $begun.Shell.Streams.Error.Count;
            $index++) { $begun.Shell.Streams.Error[$index] })
        $problem.FullyQualifiedErrorId -join "`n" | Should -Match '^Engine(ConnectionLost|NotRunning),[^\n]*$'
        $problem[0].ErrorDetails.Message | Should -Not -BeNullOrEmpty
        Get-ChildItem -LiteralPath $project.Folder -Force | Where-Object Name -Match 'stopped|\.partial' | Should -BeNullOrEmpty
        $begun.Shell.Dispose()
    }
}
