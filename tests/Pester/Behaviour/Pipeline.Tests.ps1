BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'the cmdlets on a running project' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  sick:
    image: busybox
    command: sleep 600
    init: true
    stop_grace_period: 1s
    healthcheck: {test: "false", interval: 200ms, retries: 1, timeout: 1s}
  iotd:
    image: busybox
    command: sh -c 'echo "line of $$HOSTNAME"; echo problem >&2; sleep 600'
    init: true
    stop_grace_period: 1s
    depends_on: [sick]
'@
        $null = Invoke-ComposeUp -Path $project.Path
    }

    AfterAll { Remove-TestProject $project }

    It 'lists the project with its files' {
        $info = Get-ComposeProject -ProjectName $project.Name
        $info.Running | Should -Be 2
        $info.ConfigFiles | Should -Be $project.Path
        $info.EngineHost | Should -Not -BeNullOrEmpty
    }

    It 'tells a project that is not there' {
        Get-ComposeProject -ProjectName nobody-has-this -ErrorAction SilentlyContinue -ErrorVariable problem |
            Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
        Get-ComposeProject -ProjectName nobody-has-th* | Should -BeNullOrEmpty
    }

    It 'gives every object the same identity properties' {
        foreach ($object in @(Get-ComposeContainer -Path $project.Path)[0], @(Get-ComposeService -Path $project.Path)[0],
            @(Get-ComposeLog -Path $project.Path)[0]) {
            $object.ProjectName | Should -Be $project.Name
            $object.EngineHost | Should -Not -BeNullOrEmpty
            $object.Service | Should -Not -BeNullOrEmpty
        }
    }

    It 'brings up what is piped from the files it was made from, once, wherever one stands' {
        $elsewhere = New-TestProject "services:`n  other: { image: busybox, command: sleep 600, init: true }`n"
        Push-Location -Path $elsewhere.Folder
        try {
            $before = (Get-ComposeContainer -ProjectName $project.Name).Id
            $after = Get-ComposeService -ProjectName $project.Name -Service iotd, sick |
                Invoke-ComposeUp -ForceRecreate -NoDependency -Verbose 4>&1
            @($after | Where-Object { "$_" -like 'RenameContainer*' }) | Should -HaveCount 2
            (Get-ComposeContainer -ProjectName $project.Name).Id | Should -Not -BeIn $before
            (Get-ComposeProject -ProjectName $project.Name | Get-ComposePlan).IsEmpty | Should -BeTrue
            (Get-ComposeService -ProjectName $project.Name -Service sick | Get-ComposePlan -ForceRecreate).Text |
                Should -Not -Match 'iotd'
            (Get-ComposeProject -ProjectName $project.Name | Invoke-ComposeUp).Service | Should -Be @('iotd', 'sick')
            Move-Item -Path $project.Path -Destination "$($project.Path).away"
            Get-ComposeProject -ProjectName $project.Name |
                Invoke-ComposeUp -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'ProjectFilesNotFound,*'
        }
        finally {
            Move-Item -Path "$($project.Path).away" -Destination $project.Path -ErrorAction SilentlyContinue
            Pop-Location
            Remove-TestProject $elsewhere
        }
    }

    It 'works by name without any file' {
        (Get-ComposeService -ProjectName $project.Name).Service | Should -Be @('iotd', 'sick')
        (Get-ComposeService -ProjectName $project.Name)[0].Desired | Should -BeNullOrEmpty
    }

    It 'scales up and down, with one DNS name' {
        Set-ComposeScale -Path $project.Path -Service iotd -Replicas 3
        (Get-ComposeContainer -Path $project.Path -Service iotd).Replica | Should -Be @(1, 2, 3)
        $addresses = Invoke-Docker exec "$($project.Name)-iotd-1" nslookup iotd | Select-String -Pattern '^Address: \d' |
            Measure-Object
        $addresses.Count | Should -BeGreaterOrEqual 3
        @(Get-ComposeLog -Path $project.Path -Service iotd -Tail 1).Count | Should -BeGreaterOrEqual 3
        Set-ComposeScale -ProjectName $project.Name -Service iotd -Replicas 1
        (Get-ComposeContainer -Path $project.Path -Service iotd).Replica | Should -Be 1
    }

    It 'scales from labels alone as the newest replica is' {
        Set-ComposeScale -ProjectName $project.Name -Service iotd -Replicas 2
        $replicas = Get-ComposeContainer -ProjectName $project.Name -Service iotd
        $replicas.Replica | Should -Be @(1, 2)
        $replicas.Command | Select-Object -Unique | Should -HaveCount 1
        Set-ComposeScale -ProjectName $project.Name -Service iotd -Replicas 1
    }

    It 'returns log entries with stream and time' {
        $entries = Get-ComposeLog -Path $project.Path -Service iotd
        ($entries | Where-Object Stream -EQ stderr).Message | Should -Contain 'problem'
        ($entries | Where-Object Stream -EQ stdout).Message | Should -BeLike 'line of *'
        $entries[0].Timestamp.Kind | Should -Be 'Utc'
        foreach ($stream in $entries | Group-Object -Property Container, Stream) {
            $stream.Group.Timestamp | Should -Be ($stream.Group.Timestamp | Sort-Object)
        }
    }

    It 'stops following when the pipeline has enough' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Get-ComposeLog -Path $project.Path -Follow | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
    }

    It 'stops what is unhealthy, through the pipeline, on the engine it came from' {
        foreach ($attempt in 1..50) {
            if ((Get-ComposeService -Path $project.Path -Service sick).Health -eq 'Unhealthy') { break }
            Start-Sleep -Milliseconds 100
        }

        Get-ComposeProject -ProjectName $project.Name | Get-ComposeService | Where-Object Health -EQ Unhealthy |
            Stop-ComposeService
        Wait-State -Project $project -Service sick -State Exited | Should -Be 'Exited'
        (Get-ComposeContainer -Path $project.Path -All -Service iotd).State | Should -Be 'Running'
    }

    It 'starts the same container again' {
        $before = Get-ComposeContainer -Path $project.Path -All -Service sick
        $before | Start-ComposeService
        $after = Get-ComposeContainer -Path $project.Path -Service sick
        $after.Id | Should -Be $before.Id
        $after.State | Should -Be 'Running'
    }

    It 'asks per operation and touches nothing under -WhatIf: <Name>' -TestCases @(
        @{ Name = 'Stop-ComposeService'; Action = { Stop-ComposeService -Path $project.Path -WhatIf } }
        @{ Name = 'Set-ComposeScale'; Action = { Set-ComposeScale -Path $project.Path -Service iotd -Replicas 4 -WhatIf } }
        @{ Name = 'Remove-ComposeProject'; Action = { Remove-ComposeProject -Path $project.Path -WhatIf } }
    ) {
        $before = Get-ComposeContainer -Path $project.Path -All
        & $Action
        $after = Get-ComposeContainer -Path $project.Path -All
        $after.Id | Should -Be $before.Id
        $after.State | Should -Be $before.State
    }

    It 'refuses a piped object that is not of this module' {
        [pscustomobject]@{ Service = 'iotd' } | Stop-ComposeService -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotAComposeObject,*'
        (Get-ComposeContainer -Path $project.Path -Service iotd).State | Should -Be 'Running'
    }

    It 'keeps its objects through Export-CliXml: <Name>' -TestCases @(
        @{ Name = 'container'; Get = { Get-ComposeContainer -Path $project.Path } }
        @{ Name = 'service'; Get = { Get-ComposeService -Path $project.Path } }
        @{ Name = 'project'; Get = { Get-ComposeProject -ProjectName $project.Name } }
        @{ Name = 'plan'; Get = { Get-ComposePlan -Path $project.Path -ForceRecreate } }
        @{ Name = 'log entry'; Get = { Get-ComposeLog -Path $project.Path } }
    ) {
        $object = @(& $Get)[0]
        $file = Join-Path -Path $project.Folder -ChildPath object.xml
        $object | Export-Clixml -Path $file
        (Import-Clixml -Path $file).ProjectName | Should -Be $object.ProjectName
    }
}
