# An object given as -InputObject acts exactly as if it were piped: what it names, and nothing else.
BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noSocket = -not (Test-Engine) -or -not (Test-Path -LiteralPath /var/run/docker.sock)
    $cases = @(
        @{ Name = 'Stop-ComposeService'; Pipe = { $web | Stop-ComposeService -Timeout 0 };
            Given = { Stop-ComposeService -InputObject $web -Timeout 0 } }
        @{ Name = 'Start-ComposeService'; Stopped = $true; Pipe = { $web | Start-ComposeService };
            Given = { Start-ComposeService -InputObject $web } }
        @{ Name = 'Restart-ComposeService'; Pipe = { $web | Restart-ComposeService -Timeout 0 };
            Given = { Restart-ComposeService -InputObject $web -Timeout 0 } }
        @{ Name = 'Suspend-ComposeService'; Pipe = { $web | Suspend-ComposeService };
            Given = { Suspend-ComposeService -InputObject $web } }
        @{ Name = 'Resume-ComposeService'; Paused = $true; Pipe = { $web | Resume-ComposeService };
            Given = { Resume-ComposeService -InputObject $web } }
        @{ Name = 'Remove-ComposeService'; Pipe = { $web | Remove-ComposeService -Stop -Force -Timeout 0 };
            Given = { Remove-ComposeService -InputObject $web -Stop -Force -Timeout 0 } }
        @{ Name = 'Remove-ComposeProject'; Pipe = { $web | Remove-ComposeProject -Timeout 0 };
            Given = { Remove-ComposeProject -InputObject $web -Timeout 0 } }
        @{ Name = 'Set-ComposeScale'; Pipe = { $web | Set-ComposeScale -Replicas 2 };
            Given = { Set-ComposeScale -InputObject $web -Service web -Replicas 2 } }
        @{ Name = 'Invoke-ComposeUp'; Stopped = $true; Pipe = { $web | Invoke-ComposeUp };
            Given = { Invoke-ComposeUp -InputObject $web } }
        @{ Name = 'Get-ComposeContainer'; Pipe = { $web | Get-ComposeContainer };
            Given = { Get-ComposeContainer -InputObject $web } }
        @{ Name = 'Get-ComposeLog'; Pipe = { $web | Get-ComposeLog }; Given = { Get-ComposeLog -InputObject $web } }
        @{ Name = 'ConvertTo-ComposeFile'; Pipe = { $web | ConvertTo-ComposeFile };
            Given = { ConvertTo-ComposeFile -InputObject $web } }
    )
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/EngineProxy.psm1 -Force
    Import-TestedModule

    # The project as each case finds it: web and db run, or as the case says.
    function Reset-Project([hashtable]$Case) {
        Resume-ComposeService -Path $project.Path -ErrorAction Ignore -WarningAction Ignore
        $null = Invoke-ComposeUp -Path $project.Path -Scale @{ web = 1; db = 1 }
        if ($Case.Stopped) { Stop-ComposeService -Path $project.Path -Timeout 0 }
        if ($Case.Paused) { Suspend-ComposeService -Path $project.Path }
        Get-ComposeContainer -Path $project.Path -All -Service web -EngineHost "unix://$socket"
    }

    # What was asked of the engine that changes something, or all of it, with ids and times left out.
    function Get-Asked {
        $asked = @($proxy.Requests | Where-Object { $_ -notmatch '_ping|/events' })
        $asked -replace '\b[0-9a-f]{12,64}\b', 'ID' -replace 'since=[\d.]+', 'since' | Sort-Object
    }
}

Describe 'an object given by name' -Skip:$noSocket {
    BeforeAll {
        $project = New-TestProject @'
x-quick: &quick {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s}
services: {web: *quick, db: *quick}
'@
        $socket = "$($project.Folder)/engine.sock"
        $proxy = New-EngineProxy $socket
    }

    AfterAll {
        $proxy.Dispose()
        Remove-TestProject $project
    }

    It 'makes <Name> ask the engine for what the pipeline would' -TestCases $cases {
        $asked = foreach ($way in $Pipe, $Given) {
            $web = Reset-Project $_
            $proxy.Clear()
            $null = . $way
            , (Get-Asked)
        }
        $asked[0] | Should -Not -BeNullOrEmpty
        $asked[1] | Should -Be $asked[0]
        @($asked[1]) -match '-db-1' | Should -BeNullOrEmpty
    }

    It 'may be a list' {
        $both = @(Reset-Project @{}) + (Get-ComposeContainer -Path $project.Path -Service db)
        Suspend-ComposeService -InputObject $both
        (Get-ComposeContainer -Path $project.Path -All).State | Should -Be Paused, Paused
        Resume-ComposeService -Path $project.Path
    }

    It 'names nothing where it is <Name>, and is refused' -TestCases @(
        @{ Name = 'null'; Object = $null }
        @{ Name = 'a text'; Object = 'web' }
        @{ Name = 'an object of something else'; Object = [pscustomobject]@{ Name = 'web' } }
    ) {
        $null = Reset-Project @{}
        Push-Location -LiteralPath $project.Folder
        try {
            Stop-ComposeService -InputObject $Object -ErrorVariable problem -ErrorAction SilentlyContinue
        } finally { Pop-Location }
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotAComposeObject,*'
        (Get-ComposeContainer -Path $project.Path).State | Should -Be Running, Running
    }

    It 'names nothing where it is <Name>, though -ProjectName is given, and is refused' -TestCases @(
        @{ Name = 'null'; Object = $null }
        @{ Name = 'a text'; Object = 'web' }
        @{ Name = 'a file'; Object = Get-Item -LiteralPath $PSCommandPath }
    ) {
        $null = Reset-Project @{}
        $Object | Stop-ComposeService -ProjectName $project.Name -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotAComposeObject,*'
        (Get-ComposeContainer -Path $project.Path).State | Should -Be Running, Running
    }

    It 'is refused where its <Property> is empty, and nothing is changed' -TestCases @(
        @{ Property = 'Service'; Value = @() }
        @{ Property = 'Service'; Value = $null }
        @{ Property = 'Container'; Value = @() }
        @{ Property = 'ProjectName'; Value = '' }
    ) {
        $web = (Reset-Project @{}) | Select-Object -Property EngineHost, ProjectName, Service, Container
        $web.$Property = $Value
        Stop-ComposeService -InputObject $web -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'UnusableProperty,*'
        (Get-ComposeContainer -Path $project.Path).State | Should -Be Running, Running
    }

    It 'is what a command reads' {
        (Invoke-ComposeExec -Path $project.Path web cat -InputObject 'one', 'two').StandardOutput | Should -Be "one`ntwo"
        (Invoke-ComposeRun -Path $project.Path web cat -Remove -InputObject 'three').StandardOutput | Should -Be three
    }
}
