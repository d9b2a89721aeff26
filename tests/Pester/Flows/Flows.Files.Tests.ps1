BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'a project one of whose env files is missing' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  a: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, env_file: a.env }
  b: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, env_file: b.env }
'@ @{ 'a.env' = 'A=1'; 'b.env' = 'B=1' }
        $at = @{ Path = $project.Path; ErrorAction = 'Stop' }
        $null = Invoke-ComposeUp @at
        Remove-Item -LiteralPath (Join-Path -Path $project.Folder -ChildPath b.env)
    }

    AfterAll { Remove-TestProject $project }

    It 'makes and runs the service that has its own' {
        Invoke-ComposeUp @at a
        (Invoke-ComposeRun @at -Remove a -- sh -c 'echo $A').StandardOutput | Should -Be 1
        Set-ComposeScale @at a 1
        [string](Get-ComposePlan @at a) | Should -BeLike 'Nothing to do*'
    }

    It 'refuses to make or run the other, at its place' {
        $attempts = @(
            { Invoke-ComposeUp @at b }
            { Invoke-ComposeUp @at }
            { Invoke-ComposeRun @at b true }
            { Set-ComposeScale @at b 2 }
            { Get-ComposeConfig @at }
        )
        foreach ($attempt in $attempts) {
            $attempt | Should -Throw -ErrorId 'EnvFileNotFound,*' -ExpectedMessage '*compose.yaml:3:*b.env*'
        }
    }

    It 'lists, shows and completes' {
        (Get-ComposeContainer @at).Service | Should -Be a, b
        (Get-ComposeService @at).Drifted | Should -Be $false, $null
        (Get-ComposeImage @at).Service | Sort-Object -Unique | Should -Be a, b
        {
            Get-ComposeLog @at
            Get-ComposeProcess @at
            Get-ComposePort @at
            Get-ComposeGraph @at
            Get-ComposeVolume @at
            Get-ComposeConfig @at -Image
        } | Should -Not -Throw
        $line = "Stop-ComposeService -Path '$($project.Path)' -Service "
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Be a, b
        Test-ComposeFile -Path $project.Path -ErrorAction Ignore | Should -BeFalse
        (Get-ComposeConfig @at -NoEnvironmentResolution).Services['b'].EnvFiles.Path | Should -BeLike '*b.env'
    }

    It 'runs commands, stops, starts, restarts, and goes' {
        (Invoke-ComposeExec @at b -- sh -c 'echo $B').StandardOutput | Should -Be 1
        {
            Stop-ComposeService @at b
            Start-ComposeService @at b
            Restart-ComposeService @at b
            Suspend-ComposeService @at b
            Resume-ComposeService @at b
        } | Should -Not -Throw
        Get-ComposePlan @at -Down | Should -Not -BeNullOrEmpty
        Remove-ComposeProject @at
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}

Describe 'COMPOSE_PROJECT_NAME in a folder without files' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  a: { image: busybox, command: sh -c "echo said; sleep 600", init: true, stop_grace_period: 0s }
'@
        Invoke-ComposeUp -Path $project.Path
        $name = 'empty' + [Guid]::NewGuid().ToString('N')
        $empty = New-Item -ItemType Directory -Path (Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath $name)
        Push-Location -LiteralPath $empty.FullName
        $before = $env:COMPOSE_PROJECT_NAME
        $env:COMPOSE_PROJECT_NAME = $project.Name
    }

    AfterAll {
        Pop-Location
        $env:COMPOSE_PROJECT_NAME = $before
        Remove-Item -LiteralPath $empty.FullName -Recurse
        Remove-TestProject $project
    }

    It 'names the project that is listed, read and worked in' {
        (Get-ComposeContainer -ErrorAction Stop).Service | Should -Be a
        (Get-ComposeLog a -ErrorAction Stop).Message | Should -Be said
        (Invoke-ComposeExec a echo hi -ErrorAction Stop).StandardOutput | Should -Be hi
        $line = 'Get-ComposeLog -Service '
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Be a
    }

    It 'makes nothing without files' {
        { Invoke-ComposeUp -ErrorAction Stop } | Should -Throw -ErrorId 'ComposeFileNotFound,*'
    }

    It 'stands in for no name a piped object lacks' {
        { 'a' | Stop-ComposeService -ErrorAction Stop } | Should -Throw -ErrorId 'NotAComposeObject,*'
        (Get-ComposeContainer -All).State | Should -Be running
    }

    It 'is what goes' {
        Remove-ComposeProject -ErrorAction Stop
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}

Describe 'the label of a named volume' -Skip:$noEngine {
    It 'reaches the engine' {
        $project = New-TestProject @'
services:
  a: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, volumes: ['data:/d:Z', 'more:/e:z,ro'] }
volumes: { data: , more: }
'@
        try {
            Invoke-ComposeUp -Path $project.Path
            $binds = (Get-Inspected $project a-1).HostConfig.Binds
            $binds | Should -Be "$($project.Name)_data:/d:rw,Z", "$($project.Name)_more:/e:ro,z"
            [string](Get-ComposePlan -Path $project.Path) | Should -BeLike 'Nothing to do*'
        }
        finally {
            Remove-TestProject $project
        }
    }
}
