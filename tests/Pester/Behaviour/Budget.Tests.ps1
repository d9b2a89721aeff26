BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noProxy = -not ($env:COMPOSE_SHARED -and (Get-Command -Name python3 -ErrorAction SilentlyContinue) -and (Test-Engine))
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

# Requests are the unit of cost: a proxy between the module and the engine counts them.
Describe 'the request budget' -Skip:$noProxy {
    BeforeAll {
        $engine = if ($env:COMPOSE_TEST_ENGINE) { $env:COMPOSE_TEST_ENGINE } else { '/var/run/docker.sock' }
        $services = 1..50 | ForEach-Object { "  s$_`: {image: busybox, command: sleep 600, init: true, stop_grace_period: 1s}" }
        $project = New-TestProject "services:`n$($services -join "`n")`n"
        $log = Join-Path -Path $project.Folder -ChildPath requests.log
        $socket = Join-Path -Path $project.Folder -ChildPath proxy.sock
        $proxy = Start-Process -FilePath python3 -ArgumentList "$env:COMPOSE_SHARED/tools/engine-proxy.py", $socket, $engine,
            $log -PassThru
        while (-not (Test-Path -LiteralPath $socket)) { Start-Sleep -Milliseconds 50 }
        $null = Invoke-ComposeUp -Path $project.Path

        function Measure-Request([scriptblock]$Action) {
            Set-Content -Path $log -Value '' -NoNewline
            $null = & $Action
            @(Get-Content -Path $log | Where-Object { $_ -match '\t/' }).Count
        }
    }

    AfterAll {
        Remove-TestProject $project
        $proxy.Kill()
    }

    It 'allows a no-change Invoke-ComposeUp of 50 services at most 6 requests' {
        Measure-Request { Invoke-ComposeUp -Path $project.Path -EngineHost "unix://$socket" } | Should -BeLessOrEqual 6
    }

    It 'allows Get-ComposeContainer at most 3 requests' {
        Measure-Request { Get-ComposeContainer -Path $project.Path -EngineHost "unix://$socket" } | Should -BeLessOrEqual 3
    }

    It 'allows restarting 50 piped services the constant plus one request each' {
        $count = Measure-Request { Get-ComposeService -ProjectName $project.Name -EngineHost "unix://$socket" |
            Restart-ComposeService -Timeout 0 }
        $count | Should -BeGreaterOrEqual 50
        $count | Should -BeLessOrEqual 56
    }

    It 'allows stopping 50 piped services the constant plus one request each' {
        Measure-Request { Get-ComposeService -ProjectName $project.Name -EngineHost "unix://$socket" | Stop-ComposeService } |
            Should -BeLessOrEqual 56
    }

    It 'allows an Invoke-ComposeUp of 50 services from nothing two requests each and 10 more' {
        # Another project: after so many restarts at once, engine 20.10 may never let go of the first one's network.
        $fresh = New-TestProject (Get-Content -LiteralPath $project.Path -Raw)
        try {
            Measure-Request { Invoke-ComposeUp -Path $fresh.Path -EngineHost "unix://$socket" } | Should -BeLessOrEqual 110
        } finally {
            Remove-TestProject $fresh
        }
    }
}
