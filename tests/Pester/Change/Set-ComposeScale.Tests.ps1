BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Set-ComposeScale' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, depends_on: [db] }
  db: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }
  extra: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, profiles: [extra] }
  deaf: { image: busybox, command: sh -c 'trap "" TERM; while :; do sleep 0.1; done', stop_grace_period: 60s }
'@
        $null = Invoke-ComposeUp -Path $project.Path
    }

    AfterAll { Remove-TestProject $project }

    It 'scales one service and says nothing, or returns its containers with -PassThru' {
        Set-ComposeScale -Path $project.Path -Service web -Replicas 2 | Should -BeNullOrEmpty
        (Set-ComposeScale -Path $project.Path web 3 -PassThru).Container |
            Should -Be @(1..3).ForEach({ "$($project.Name)-web-$_" })
    }

    It 'scales several by a table, by files and by name' {
        Set-ComposeScale -Path $project.Path -Scale @{ web = 1; db = 2 }
        (Get-ComposeService -ProjectName $project.Name).Running | Should -Be @(2, 1, 1)
        Set-ComposeScale -ProjectName $project.Name -Scale @{ web = 2; db = 1 }
        (Get-ComposeService -ProjectName $project.Name).Running | Should -Be @(1, 1, 2)
    }

    It 'copies no container where the files found here cannot be read, and says what is wrong with them' {
        $folder = (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath broken)).FullName
        Set-Content -Path "$folder/compose.yaml" -Value "name: $($project.Name)`nservices: {web: {imag: busybox}}"
        $before = @(Get-ComposeContainer -ProjectName $project.Name).Count
        Push-Location -LiteralPath $folder
        try {
            Set-ComposeScale -ProjectName $project.Name web 9 -ErrorVariable problem -ErrorAction SilentlyContinue
        } finally { Pop-Location }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'UnknownAttribute,*'
        @(Get-ComposeContainer -ProjectName $project.Name).Count | Should -Be $before
    }

    It 'uses the files of -ProjectDirectory, and of this folder where they have the name, before it clones' {
        Set-ComposeScale -ProjectDirectory $project.Folder -ProjectName $project.Name extra 1 -WarningVariable warning
        Get-ComposeContainer -ProjectName $project.Name -Service extra | Should -HaveCount 1
        Set-ComposeScale -Path $project.Path extra 0
        Push-Location -LiteralPath $project.Folder
        try {
            Set-ComposeScale -ProjectName $project.Name extra 2 -WarningVariable +warning
            Get-ComposeContainer -ProjectName $project.Name -Service extra | Should -HaveCount 2
            Set-ComposeScale -ProjectName $project.Name extra 0
        } finally { Pop-Location }
        $warning | Should -BeNullOrEmpty
        Get-ComposeContainer -Path $project.Path -Service extra -ErrorVariable problem | Should -BeNullOrEmpty
        $problem | Should -BeNullOrEmpty
        Get-ComposeContainer -ProjectName $project.Name -Service extra -ErrorVariable problem -WarningAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problem | Should -BeNullOrEmpty
    }

    It 'takes any table, in any form of numbers, and a service that is named twice' {
        Set-ComposeScale -Path $project.Path ([ordered]@{ web = '2'; db = [long]1 })
        Set-ComposeScale -Path $project.Path -Service web, web -Replicas 2
        (Get-ComposeContainer -ProjectName $project.Name -Service web).Container |
            Should -Be @(1..2).ForEach({ "$($project.Name)-web-$_" })
        Get-ComposeContainer -ProjectName $project.Name -Service web | Set-ComposeScale -Replicas 1 -PassThru |
            Should -HaveCount 1
        (Get-ComposePlan -Path $project.Path web, web -Replicas 2).Actions.Action |
            Should -Be @('CreateContainer', 'StartContainer')
    }

    It 'enables the profile of a service that is named' {
        Set-ComposeScale -Path $project.Path -Scale @{ extra = 1 } -PassThru | ForEach-Object Service | Should -Be 'extra'
        (Get-ComposePlan -Path $project.Path extra -Replicas 2).Text | Should -Match 'CreateContainer service:extra:2'
    }

    It 'refuses numbers that are none, before anything is done: <Number>' -TestCases @(
        @{ Number = -1 }, @{ Number = 'many' }, @{ Number = $null }, @{ Number = 1.5 }, @{ Number = 99999999999 },
            @{ Number = 1, 2 }
    ) {
        { Set-ComposeScale -Path $project.Path -Scale @{ web = $Number } } |
            Should -Throw "*Service 'web' cannot have * replicas*" -ErrorId 'ParameterArgumentTransformationError,*'
        { Invoke-ComposeUp -Path $project.Path -Scale @{ web = $Number } } |
            Should -Throw "*Service 'web' cannot have * replicas*"
        { Get-ComposePlan -Path $project.Path -Scale @{ web = $Number } } | Should -Throw "*Service 'web' cannot have * replicas*"
        { Set-ComposeScale @{ web = $Number } -Path $project.Path } | Should -Throw
    }

    It 'kills after -Timeout' {
        Set-ComposeScale -Path $project.Path -Service deaf -Replicas 2
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Set-ComposeScale -Path $project.Path -Service deaf -Replicas 1 -Timeout 1
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 30
        Get-ComposeContainer -ProjectName $project.Name -Service deaf | Should -HaveCount 1
    }

    It 'leaves what the service depends on as it is' {
        Stop-ComposeService -Path $project.Path -Service db
        Set-ComposeScale -Path $project.Path -Service web -Replicas 3 -NoDependency
        Get-ComposeContainer -ProjectName $project.Name -Service db | Should -BeNullOrEmpty
        Get-ComposeContainer -ProjectName $project.Name -Service web | Should -HaveCount 3
    }

    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'unknown service'; Id = 'ServiceNotFound';
            Action = { Set-ComposeScale -Path $project.Path -Service nope -Replicas 2 } }
        @{ Name = 'unknown service by name'; Id = 'NoReplicaToClone';
            Action = { Set-ComposeScale -ProjectName $project.Name -Service nope -Replicas 2 } }
        @{ Name = 'an object that names no project'; Id = 'NotAComposeObject';
            Action = { [pscustomobject]@{ Service = 'web' } | Set-ComposeScale -Replicas 1 } }
        @{ Name = 'unknown project'; Id = 'ProjectNotFound';
            Action = { Set-ComposeScale -ProjectName nobody-has-this -Service web -Replicas 2 } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
