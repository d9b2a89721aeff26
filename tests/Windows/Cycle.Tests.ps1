BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot\Support.psm1"
    $doors = @(Get-Door)
}

Describe 'a project over <Door>' -ForEach $doors {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot\Support.psm1", $env:COMPOSE_TEST_MODULE
        $before = $env:DOCKER_HOST
        $env:DOCKER_HOST = $Engine
        $folder = New-Folder -File @{
            'compose.yaml'   = @'
services:
  web:
    build: ./app
    command: sh -c 'echo started; exec sleep 600'
    init: true
    stop_grace_period: 0s
    healthcheck: {test: "true", interval: 1s}
    develop:
      watch:
        - {action: sync, path: ./src, target: /src}
  w:
    image: busybox
    command: sleep 600
    init: true
    stop_grace_period: 0s
'@.Replace("`r", '').Replace("`n", "`r`n")
            'app\Dockerfile' = "FROM busybox`r`nRUN mkdir /src \`r`n  && echo built > /built`r`n"
            'src\kept.txt'   = 'kept'
            'src\gone.txt'   = 'gone'
        }
        Push-Location -LiteralPath $folder
        $null = Invoke-ComposeBuild
        $null = Invoke-ComposeUp -Wait
    }

    AfterAll {
        Pop-Location
        Remove-Folder -Folder $folder -Engine $Engine
        $env:DOCKER_HOST = $before
    }

    It 'is up and healthy, and listed with the engine it is on' {
        $web = Get-ComposeContainer -Service web
        ($web.State, $web.Health, $web.EngineHost) | Should -Be 'Running', 'Healthy', $Engine
    }

    It 'was built of a Dockerfile with CRLF' {
        (Invoke-ComposeExec web cat /built).StandardOutput | Should -Be built
    }

    It 'has nothing left to do' {
        (Get-ComposePlan).Actions | Should -BeNullOrEmpty
    }

    It 'gives its logs' {
        (Get-ComposeLog -Service web).Message | Should -Contain started
    }

    It 'takes input of a command to its end, and gives its exit code' {
        $result = 'one', 'two' | Invoke-ComposeExec web -ErrorAction SilentlyContinue -- sh -c 'cat; echo wrong >&2; exit 3'
        $result.ExitCode | Should -Be 3
        $result.StandardOutput | Should -Be "one`ntwo"
    }

    It 'takes files in, and gives them out' {
        Set-Content -LiteralPath in.txt -Value content
        Copy-ComposeItem .\in.txt web:/tmp/
        Copy-ComposeItem web:/tmp/in.txt .\out.txt
        Get-Content -LiteralPath out.txt | Should -Be content
    }

    It 'refuses by itself what Windows cannot name, and gives the rest' {
        $names = 'a b:2 libc6:amd64.list "q?" con "x\y" Makefile makefile z'
        $null = Invoke-ComposeExec web -- sh -c "mkdir -p /n && cd /n && for f in $names; do echo `$f > `"`$f`"; done"
        Copy-ComposeItem web:/n .\names -ErrorAction SilentlyContinue -ErrorVariable problem
        (Get-ChildItem -LiteralPath names).Name | Sort-Object | Should -Be a, Makefile, z
        @($problem | Where-Object FullyQualifiedErrorId -Like 'ArchiveEntryRefused*').Count | Should -Be 6
    }

    It 'says that a service of one letter was read as a drive, and takes it from the pipeline or by its container' {
        { Copy-ComposeItem w:/etc/passwd .\y -ErrorAction Stop } | Should -Throw -ErrorId 'CopyNeedsService*'
        $Error[0].ErrorDetails.RecommendedAction | Should -Match 'was read as a path on drive w:'
        { Copy-ComposeItem web:/etc/passwd w:/y -ErrorAction Stop } | Should -Throw -ErrorId 'CopyDestinationNotFound*'
        Get-ComposeContainer -Service w | Copy-ComposeItem :/etc/passwd .\piped
        Copy-ComposeItem :/etc/passwd .\named -Container (Get-ComposeContainer -Service w).Container
        (Get-FileHash piped).Hash | Should -Be (Get-FileHash named).Hash
    }

    It 'runs a one-off' {
        $result = Invoke-ComposeRun w -Remove -ErrorAction SilentlyContinue -- sh -c 'echo once; exit 4'
        ($result.ExitCode, $result.StandardOutput) | Should -Be 4, once
    }

    It 'tells what happened, and what it uses' {
        (Get-ComposeEvent).Action | Should -Contain start
        (Get-ComposeStats).Service | Sort-Object -Unique | Should -Be w, web
    }

    It 'is watched, deletions too' {
        $job = Start-ThreadJob -ArgumentList $env:COMPOSE_TEST_MODULE, $folder, $Engine {
            param($module, $folder, $engine)
            Import-Module -Name $module
            Watch-ComposeProject -Path "$folder\compose.yaml" -EngineHost $engine -NoUp
        }
        $shows = {
            param([string]$Expected)
            foreach ($attempt in 1..60) {
                $text = (Invoke-ComposeExec web ls /src).StandardOutput -replace '\s+', ' '
                if ($text.Trim() -eq $Expected) { return $text.Trim() }
                Start-Sleep -Milliseconds 500
                # The watch may have begun after the first change.
                Get-ChildItem -Path src | ForEach-Object { $_.LastWriteTime = Get-Date }
            }
            $text
        }
        Set-Content -LiteralPath src\new.txt -Value new
        & $shows 'gone.txt kept.txt new.txt' | Should -Be 'gone.txt kept.txt new.txt'
        Remove-Item -LiteralPath src\gone.txt
        & $shows 'kept.txt new.txt' | Should -Be 'kept.txt new.txt'
        Stop-Job -Job $job
        Remove-Job -Job $job -Force
    }

    It 'is removed' {
        Remove-ComposeProject -Confirm:$false
        @(Get-ComposeContainer -All).Count | Should -Be 0
    }
}
