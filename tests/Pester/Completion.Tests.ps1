BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    $skip = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-TestedModule

    # On a busy machine 200 ms may pass for nothing; whoever presses Tab would press it again.
    function Complete([string]$Line, [int]$Attempts = 5) {
        foreach ($attempt in 1..$Attempts) {
            $found = (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
            if ($found) {
                return $found
            }
        }
    }
}

Describe 'completion from files' {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: {image: busybox, profiles: [front]}
  worker: {image: busybox}
  db: {image: busybox, profiles: [back, "two words"], volumes: [data:/data], networks: [inner]}
volumes: {data: {}}
networks: {inner: {}}
'@
        Push-Location -LiteralPath $project.Folder
    }

    AfterAll {
        Pop-Location
        Remove-Item -LiteralPath $project.Folder -Recurse
    }

    It 'offers the services, whatever their profile' {
        Complete 'Invoke-ComposeUp ' | Should -Be db, web, worker
        Complete 'Get-ComposeConfig w' | Should -Be web, worker
        Complete 'Stop-ComposeService -Service W' | Should -Be web, worker
    }

    It 'goes on in a list and heeds the files named so far' {
        Complete 'Get-ComposeLog -Service db,wo' | Should -Be worker
        $other = New-TestProject 'services: {elsewhere: {image: busybox}}'
        Complete "Get-ComposeService -Path '$($other.Path)' -Service " | Should -Be elsewhere
        Remove-Item -LiteralPath $other.Folder -Recurse
    }

    It 'keeps the quotes that were typed, and adds them where a name needs them' {
        Complete "Get-ComposeService 'w" | Should -Be "'web'", "'worker'"
        Complete 'Get-ComposeService "w' | Should -Be '"web"', '"worker"'
        Complete 'Invoke-ComposeUp -Profile ' | Should -Be back, front, "'two words'"
        Complete "Invoke-ComposeUp -Profile 'two" | Should -Be "'two words'"
    }

    It 'offers volumes, networks and images' {
        Complete 'Get-ComposeVolume -Volume ' | Should -Be data
        Complete 'Get-ComposeNetwork -Network in' | Should -Be inner
        Complete 'Get-ComposeImage -Image ' | Should -Be busybox
        Complete 'Stop-ComposeService -Kill -Signal SIGU' | Should -Be SIGUSR1, SIGUSR2
    }

    It 'offers docker''s contexts' {
        $before = $env:DOCKER_CONFIG
        $env:DOCKER_CONFIG = $project.Folder
        try {
            Complete 'Get-ComposeProject -Context ' | Should -Be default
            foreach ($name in 'prod', 'lab') {
                $digest = -join ([Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($name)) | ForEach-Object { $_.ToString('x2') })
                $null = New-Item -ItemType Directory -Path "contexts/meta/$digest"
                Set-Content -Path "contexts/meta/$digest/meta.json" -Value "{`"Name`":`"$name`",`"Endpoints`":{`"docker`":{`"Host`":`"tcp://$name`:2376`"}}}"
            }
            Complete 'Get-ComposeProject -Context ' | Should -Be default, lab, prod
        } finally {
            $env:DOCKER_CONFIG = $before
        }
    }

    It 'is silent where there is nothing to complete from' {
        $before = $Error.Count
        Complete 'Get-ComposeService -Path /nowhere/compose.yaml -Service ' | Should -BeNullOrEmpty
        Set-Content -Path broken.yaml -Value 'services: ['
        Complete 'Get-ComposeService -Path broken.yaml -Service ' | Should -BeNullOrEmpty
        $Error.Count | Should -Be $before
    }

    It 'is silent within 200 ms, and a little for the shell, where the engine does not answer' {
        $null = Complete 'Get-ComposeService -ProjectName x' -Attempts 1
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try {
            $line = "Get-ComposeService -EngineHost tcp://127.0.0.1:$($listener.LocalEndpoint.Port) -ProjectName "
            (Measure-Command { Complete $line -Attempts 1 | Should -BeNullOrEmpty }).TotalMilliseconds | Should -BeLessThan 500
        } finally {
            $listener.Stop()
        }
    }
}

Describe 'completion from the engine' -Skip:$skip {
    BeforeAll {
        $project = New-TestProject 'services: {web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s}}'
        $null = Invoke-ComposeUp -Path $project.Path
    }

    AfterAll {
        Remove-TestProject $project
    }

    It 'offers projects, and the services and containers of one' {
        Complete "Get-ComposeProject $($project.Name)" | Should -Be $project.Name
        Complete "Remove-ComposeProject -ProjectName $($project.Name.Substring(0, 9))" | Should -Contain $project.Name
        Complete "Get-ComposeLog -ProjectName $($project.Name) -Service " | Should -Be web
        Complete "Get-ComposeNetwork -ProjectName $($project.Name) -Network " | Should -Be default
        Complete "Get-ComposeImage -ProjectName $($project.Name) -Image " | Should -Be busybox
        Complete "Stop-ComposeService -ProjectName $($project.Name) -Container " | Should -Be "$($project.Name)-web-1"
        Complete "Stop-ComposeService -Path '$($project.Path)' -Container " | Should -Be "$($project.Name)-web-1"
    }
}
