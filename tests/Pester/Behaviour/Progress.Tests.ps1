BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule

    # Runs a line to its end, or stops it after so long; the progress records it wrote.
    function Get-Progress([string]$Line, [int]$StopAfter = 60000) {
        $shell = [powershell]::Create().AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; $Line")
        try {
            $running = $shell.BeginInvoke()
            if (-not $running.AsyncWaitHandle.WaitOne($StopAfter)) { $shell.Stop() }
            $shell.Streams.Progress
        } finally {
            $shell.Dispose()
        }
    }

    # Every bar that was shown was taken away again, whatever became of the work.
    function Test-Ended($Record) {
        foreach ($bar in $Record | Group-Object -Property ActivityId) {
            "$($bar.Group[-1].RecordType)" | Should -Be 'Completed' -Because $bar.Group[0].Activity
        }
    }
}

Describe 'the progress board' {
    BeforeAll {
        $told = [Compose.State.ComposeContainer].Assembly.GetType('Compose.Events.ProgressEvent', $true)
        $type = (Get-Command -Name Get-ComposeContainer).ImplementingType.Assembly.GetType('Compose.Module.Common.Output.ProgressBoard', $true)

        function New-Event([string]$Id, [string]$Status, [Nullable[long]]$Current, [Nullable[long]]$Total, [bool]$Completed,
            [string]$Parent) {
            $step = [Enum]::ToObject($told.Assembly.GetType('Compose.Events.ProgressKind', $true), 0)
            $made = $told.GetMethod($(if ($Completed) { 'Ended' } else { 'Running' })).Invoke($null,
                @($step, $Id, 'Pulling', $Status))
            $values = @{ ParentId = $Parent; Current = $Current; Total = $Total }
            foreach ($name in $values.Keys | Where-Object { $values[$_] }) { $told.GetProperty($name).SetValue($made,
                $values[$name]) }
            $made
        }
    }

    BeforeEach {
        $written = [Collections.Generic.List[object]]::new()
        $write = [Action[Management.Automation.ProgressRecord]] { param($record) $written.Add($record) }
        $shown = [Activator]::CreateInstance($type, [object[]]@($write))
    }

    It 'shows at most one record of an activity in 200 ms, the latest' {
        foreach ($number in 1..1000) { $shown.Show((New-Event 'image' "step $number" $number 1000)) }
        $soon = $written.Count
        Start-Sleep -Milliseconds 250
        $shown.Show((New-Event 'image' 'last' 500 1000))
        # A busy machine may take a while for a thousand.
        $soon | Should -BeLessThan 20
        $written[-1].StatusDescription | Should -Be 'last'
        $written[-1].PercentComplete | Should -Be 50
    }

    It 'ends what is still shown, once, and never shows what was over between two looks' {
        $shown.Show((New-Event 'one' 'working'))
        $shown.Show((New-Event 'quick' 'working'))
        $shown.Show((New-Event 'quick' 'done' $null $null $true))
        $shown.Flush()
        $shown.Complete()
        $shown.Complete()
        $written.Activity | Should -Not -Contain 'Pulling quick'
        @($written | Where-Object RecordType -EQ Completed).Count | Should -Be 1
    }

    It 'says the last word once more, for a host that was not looking, and then the seconds where they count' {
        $shown.Show((New-Event 'plain' 'waiting'))
        $timed = New-Event 'timed' 'RUN make'
        $timed.GetType().GetProperty('Timed').SetValue($timed, $true)
        $timed.GetType().GetProperty('Detail').SetValue($timed, 'linking')
        $shown.Show($timed)
        foreach ($look in 1..8) {
            $shown.Flush()
            Start-Sleep -Milliseconds 200
        }
        @($written | Where-Object StatusDescription -EQ 'waiting').Count | Should -Be 2
        $last = @($written | Where-Object StatusDescription -Like 'RUN make*')[-1]
        $last.StatusDescription | Should -Match '^RUN make \(\d+ s\)$'
        $last.CurrentOperation | Should -Be 'linking'
    }

    It 'keeps a number for each activity, and puts layers under their image' {
        $shown.Show((New-Event 'image' 'pulling'))
        $shown.Show((New-Event 'image layer' 'extracting' 1 4 $false 'image'))
        $shown.Flush()
        $shown.Show((New-Event 'image layer' 'extracting' 2 4 $false 'image'))
        $shown.Flush()
        $written[1].ParentActivityId | Should -Be $written[0].ActivityId
        # The image's last word is said once more in between.
        $layers = @($written | Where-Object ActivityId -EQ $written[1].ActivityId)
        $layers.PercentComplete | Should -Be 25, 50
    }
}

Describe 'progress' -Skip:$noEngine {
    BeforeEach { $project = $null }
    AfterEach { Remove-TestProject $project }

    It 'of creating and waiting' {
        $project = New-TestProject @'
services:
  web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, scale: 6, depends_on: {db: {condition: service_healthy}}}
  db: {image: busybox, command: sh -c 'sleep 2; touch /ok; sleep 600', init: true, stop_grace_period: 0s, healthcheck: {test: test -f /ok, interval: 300ms, retries: 100}}
'@
        $records = Get-Progress "Invoke-ComposeUp -Path '$($project.Path)' -Wait"
        $records.Activity | Should -Contain 'Waiting service:db'
        @($records | Where-Object Activity -Match '^(CreateContainer|StartContainer) service:').Count | Should -BeGreaterThan 0
        Test-Ended $records
    }

    It 'of a build' {
        $project = New-TestProject "services: {web: {build: .}}" -File @{ Dockerfile = "FROM busybox`nRUN sleep 1" }
        $records = Get-Progress "Invoke-ComposeBuild -Path '$($project.Path)' -NoCache"
        @($records | Where-Object Activity -Like 'Building*').Count | Should -BeGreaterThan 0
        Test-Ended $records
    }

    It 'of a pull' {
        # A registry that takes the connection and says nothing.
        $deaf = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $deaf.Start()
        try {
            $project = New-TestProject "services: {web: {image: '127.0.0.1:$($deaf.LocalEndpoint.Port)/web'}}"
            $records = Get-Progress "Invoke-ComposePull -Path '$($project.Path)'" -StopAfter 3000
            # The bars of a pipeline that was stopped the shell takes away itself; it takes no more records.
            @($records | Where-Object Activity -Like 'Pulling*').Count | Should -BeGreaterThan 0
        } finally {
            $deaf.Stop()
        }
    }
}
