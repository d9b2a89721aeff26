BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Remove-ComposeProject' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: { build: { dockerfile_inline: FROM busybox }, command: sleep 600, init: true, stop_grace_period: 0s, volumes: ["data:/d", /anonymous] }
  db: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, depends_on: [web] }
  old: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }
volumes: { data: }
'@
        $named = @{ ProjectName = $project.Name }
        $at = @{ Path = $project.Path }
        $null = Invoke-ComposeUp @at
        (Get-Content -Path $project.Path) -notmatch '^  old' | Set-Content -Path $project.Path

        # What is left of the project: containers, networks, volumes, images.
        function Get-Rest {
            @(Invoke-Docker ps -aq --filter "label=com.docker.compose.project=$($project.Name)").Count
            @(Invoke-Docker network ls -q --filter "label=com.docker.compose.project=$($project.Name)").Count
            @(Invoke-Docker volume ls -q --filter "name=$($project.Name)_").Count
            @(Invoke-Docker image ls -q "$($project.Name)-web").Count
        }
    }

    AfterAll { Remove-TestProject $project }

    It 'removes nothing under -WhatIf, whatever is piped' {
        Get-ComposeProject $project.Name | Remove-ComposeProject -WhatIf
        Get-ComposeContainer @named | Remove-ComposeProject -WhatIf
        Get-Rest | Should -Be @(3, 1, 1, 1)
    }

    It 'takes services alone, by name, pattern and pipeline, and keeps the networks' {
        Remove-ComposeProject @at -Service 'd*' -Timeout 0
        Get-Rest | Should -Be @(2, 1, 1, 1)
        Remove-ComposeProject @named -Service 'x*'
        Get-Rest | Should -Be @(2, 1, 1, 1)
        Get-ComposeService @named web | Remove-ComposeProject
        (Get-ComposeContainer @named -All).Service | Should -Be 'old'
        Get-Rest | Should -Be @(1, 1, 1, 1)
    }

    It 'removes the project here, keeps data, images and orphans, and tells of these alone' {
        Push-Location -Path $project.Folder
        $said = try { Remove-ComposeProject 3>&1 } finally { Pop-Location }
        "$said" | Should -Match 'old-1.*-RemoveOrphan'
        (Get-Rest)[0] | Should -Be 1
        Remove-ComposeProject @at -RemoveOrphan
        Get-Rest | Should -Be @(0, 0, 1, 1)
        Remove-ComposeProject @at 3>&1 | Should -BeLike '*nothing of project*'
    }

    It 'removes volumes with -Volume, anonymous ones too, images built here with -Image Local, and takes projects from the pipeline' {
        $null = Invoke-ComposeUp @at web
        $anonymous = (Get-Inspected $project web-1).Mounts.Where({ $_.Destination -eq '/anonymous' }).Name
        $project, $project | ForEach-Object { [pscustomobject]@{ ProjectName = $_.Name } } |
            Remove-ComposeProject -Volume -Image Local -Force
        Get-Rest | Should -Be @(0, 0, 0, 0)
        Invoke-Docker volume ls -q | Should -Not -Contain $anonymous
        Invoke-Docker images -q busybox | Should -Not -BeNullOrEmpty
    }
}

Describe 'Remove-ComposeProject -Volume' -Skip:$noEngine {
    BeforeEach {
        $project = New-TestProject @'
x-quick: &quick {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s}
services: {web: {<<: *quick, volumes: ["data:/d", /anonymous]}, db: {<<: *quick, volumes: ["logs:/l"]}}
volumes: {data: , logs: }
'@
        $null = Invoke-ComposeUp -Path $project.Path
        function Get-Volume { @(Invoke-Docker volume ls -q --filter "name=$($project.Name)_").Count }
    }

    AfterEach { Remove-TestProject $project }

    It 'asks once for all volumes by name, and keeps them where nobody can answer' {
        $said = Invoke-SharedShell "Remove-ComposeProject -Path '$($project.Path)' -Volume" | Out-String
        $said | Should -Match "Remove volumes $($project.Name)_data, $($project.Name)_logs and 1 anonymous volume\?"
        $said | Should -Match 'data is kept. Use -Force'
        [regex]::Matches($said, 'anonymous volume').Count | Should -Be 1
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-Volume | Should -Be 2
    }

    It 'keeps them where standard input has ended' {
        $empty = New-Item -ItemType File -Path "$($project.Folder)/nothing"
        $program, $first = @(Get-ShellCommand)
        $line = "Import-Module '$env:COMPOSE_TEST_MODULE'; Remove-ComposeProject -Path '$($project.Path)' -Volume"
        $arguments = @($first | Where-Object { $_ }) + '-NoProfile', '-Command', "`"$line`""
        $streams = @{ RedirectStandardInput = $empty; RedirectStandardOutput = "$empty.out" }
        $shell = Start-Process -FilePath $program -ArgumentList $arguments @streams -PassThru
        $shell.WaitForExit(60000) | Should -BeTrue
        Get-Content -LiteralPath "$empty.out" -Raw | Should -Match 'data is kept'
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-Volume | Should -Be 2
    }

    It 'says yes with <_>' -TestCases '-Force', '-Confirm:$false' {
        $said = Invoke-SharedShell "Remove-ComposeProject -Path '$($project.Path)' -Volume $_"
        $said | Should -BeNullOrEmpty
        Get-Volume | Should -Be 0
    }

    It 'asks nothing without volumes, and nothing under -WhatIf' {
        Invoke-SharedShell "Remove-ComposeProject -Path '$($project.Path)' -Volume -WhatIf" | Out-String |
            Should -Not -Match 'Remove volumes'
        Invoke-SharedShell "Remove-ComposeProject -Path '$($project.Path)'" | Should -BeNullOrEmpty
        Get-Volume | Should -Be 2
    }

    It 'asks for anonymous volumes of single services, too' {
        Invoke-SharedShell "Remove-ComposeService -Path '$($project.Path)' web -Stop -Volume" | Out-String |
            Should -Match 'Remove 1 anonymous volume\?'
        (Get-ComposeContainer -ProjectName $project.Name).Service | Should -Be db
    }
}

Describe 'Remove-ComposeProject with a container of somebody else on the network' -Skip:$noEngine {
    It 'removes the rest, and a warning names it' {
        $project = New-TestProject @'
services:
  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, networks: [side, default] }
networks: { side: }
'@
        $stranger = "$($project.Name)stranger"
        $null = Invoke-ComposeUp -Path $project.Path
        $null = Invoke-Docker run -d --name $stranger --network "$($project.Name)_side" busybox sleep 600
        try {
            $quietly = @{ WarningVariable = 'warning'; WarningAction = 'SilentlyContinue' }
            Remove-ComposeProject -Path $project.Path @quietly -ErrorVariable problem
            $problem | Should -BeNullOrEmpty
            $warning | Should -Be "Network $($project.Name)_side stays: still on it: $stranger."
            $left = Invoke-Docker network ls --format '{{.Name}}' --filter "label=com.docker.compose.project=$($project.Name)"
            $left | Should -Be "$($project.Name)_side"
        }
        finally {
            $null = Invoke-Docker rm -f $stranger
            Remove-TestProject $project
        }
    }
}

Describe 'Remove-ComposeProject of what is not there' -Skip:$noEngine {
    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'unknown project'; Id = 'ProjectNotFound'; Action = { Remove-ComposeProject nobody-has-this } }
        @{ Name = 'unknown project, with a service'; Id = 'ProjectNotFound';
            Action = { Remove-ComposeProject nobody-has-this -Service nope } }
        @{ Name = 'no such file'; Id = 'ComposeFileNotFound'; Action = { Remove-ComposeProject -Path /nowhere/compose.yaml } }
        @{ Name = 'something else piped'; Id = 'NotAComposeObject'; Action = { 1 | Remove-ComposeProject } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'refuses <Name> before anything is done' -TestCases @(
        @{ Name = 'no name at all'; What = @{ ProjectName = '' } }
        @{ Name = 'no services at all'; What = @{ ProjectName = 'x'; Service = @() } }
        @{ Name = 'images of a third kind'; What = @{ ProjectName = 'x'; Image = 'Some' } }
        @{ Name = 'a time that is none'; What = @{ ProjectName = 'x'; Timeout = 'soon' } }
    ) { { Remove-ComposeProject @What } | Should -Throw -ErrorId '*Argument*,Compose.Module.Commands.*' }
}
