BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule

    # On a busy machine 200 ms may pass for nothing; whoever presses Tab would press it again.
    function Complete([string]$Line, [int]$Attempts = 20) {
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

    It 'is silent where there is nothing to complete from' {
        $before = $Error.Count
        Complete 'Get-ComposeService -Path /nowhere/compose.yaml -Service ' | Should -BeNullOrEmpty
        Set-Content -Path broken.yaml -Value 'services: ['
        Complete 'Get-ComposeService -Path broken.yaml -Service ' | Should -BeNullOrEmpty
        $Error.Count | Should -Be $before
    }
}

Describe 'completion without an engine' {
    BeforeAll {
        # One that takes connections and never says a word.
        $deaf = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $deaf.Start()
        $engines = @{ deaf = "tcp://127.0.0.1:$($deaf.LocalEndpoint.Port)"; away = 'tcp://127.0.0.1:1'; wrong = 'ftp://nowhere' }
        # What is loaded once is loaded.
        $null = Complete 'Get-ComposeService -EngineHost ftp://nowhere -ProjectName x' -Attempts 1
    }

    AfterAll { $deaf.Stop() }

    # 200 ms are the completer's; what is above them is the shell's own on a busy machine.
    It 'is silent within 200 ms, and a little for the shell: <Line> with an engine that is <Engine>' -ForEach $(
        foreach ($line in 'Get-ComposeProject -ProjectName ', 'Get-ComposeService -ProjectName x -Service ',
            'Get-ComposeContainer -ProjectName x -Service ', 'Get-ComposeLog -ProjectName x -Container ',
            'Get-ComposeNetwork -ProjectName x -Network ', 'Get-ComposeVolume -ProjectName x -Volume ',
                'Get-ComposeImage -ProjectName x -Image ') {
            foreach ($engine in 'deaf', 'away', 'wrong') { @{ Line = $line; Engine = $engine } }
        }
    ) {
        $before = $Error.Count
        $command, $rest = $Line -split ' ', 2
        $typed = "$command -EngineHost $($engines[$Engine]) $rest"
        # The best of some: a busy machine is not the completer.
        $best = foreach ($attempt in 1..10) {
            $took = (Measure-Command { Complete $typed -Attempts 1 | Should -BeNullOrEmpty }).TotalMilliseconds
            $took
            if ($took -lt 500) { break }
        }
        ($best | Measure-Object -Minimum).Minimum | Should -BeLessThan (Get-TimeLimit 500)
        $Error.Count | Should -Be $before
    }

    It 'is silent where docker''s configuration is broken, and offers what needs none' {
        $before = $env:DOCKER_CONFIG, $Error.Count
        $env:DOCKER_CONFIG = (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath broken)).FullName
        try {
            Set-Content -Path "$env:DOCKER_CONFIG/config.json" -Value '{'
            Set-Content -Path "$env:DOCKER_CONFIG/contexts" -Value 'a file'
            Complete 'Get-ComposeProject -Context ' -Attempts 1 | Where-Object { $_ -ne 'default' } | Should -BeNullOrEmpty
            Complete 'Get-ComposeProject -ProjectName ' -Attempts 1 | Out-Null
            Complete 'Stop-ComposeService -Signal SIGT' | Should -Be SIGTERM, SIGTSTP
            $Error.Count | Should -Be $before[1]
        } finally {
            $env:DOCKER_CONFIG = $before[0]
        }
    }
}

Describe 'completion from the engine' -Skip:$noEngine {
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

# Names that nobody would choose and some tool has: the engine keeps any label, docker any context, a file any profile.
Describe 'completion of a name with quotes, spaces and dollars' {
    BeforeDiscovery {
        $names = "it's", 'two words', '$HOME', 'a"b', 'tick`s', '(x)', '007', "all 'of' `"them`" `$at ``once"
        $cases = foreach ($name in $names) { @{ Name = $name } }
    }

    BeforeAll {
        # What is offered for each way of beginning the name, and what the shell makes of it as an argument.
        function Test-RoundTrip([string]$Line, [string]$Name, [string[]]$Word) {
            $half = $Name.Substring(0, [Math]::Max(1, [int]($Name.Length / 2)))
            $single = "'" + [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($half)
            $double = '"' + ($half -replace '[`$"]', '`$0')
            foreach ($begun in $(if ($PSBoundParameters.ContainsKey('Word')) { $Word } else { '', $single, $double })) {
                $offered = @(Complete "$Line$begun")
                $meant = foreach ($text in $offered) {
                    [scriptblock]::Create("param(`$take) & `$take $text").Invoke({ param([string[]]$Value) $Value })
                    # As one of several, too, where a bare number would lose its zeros.
                    [scriptblock]::Create("param(`$take) (& `$take x,$text)[1]").Invoke({ param([string[]]$Value) $Value })
                }

                @($meant | Where-Object { $_ -ceq $Name }).Count |
                    Should -BeGreaterOrEqual 2 -Because "$Line$begun should offer $Name and offers $offered"
                if ($begun) {
                    # The quotes that were begun are kept.
                    $offered | ForEach-Object { $_[0] } | Should -Be @(foreach ($text in $offered) { $begun[0] })
                }
            }
        }
    }

    It 'profile <Name>' -ForEach $cases {
        $file = Join-Path -Path $TestDrive -ChildPath profiles.json
        ConvertTo-Json -Depth 5 -InputObject @{ services = @{ web = @{ image = 'busybox';
            profiles = @($Name.Replace('$', '$$')) } } } | Set-Content -LiteralPath $file
        Test-RoundTrip "Invoke-ComposeUp -Path '$file' -Profile " $Name
    }

    It 'context <Name>' -ForEach $cases {
        $before = $env:DOCKER_CONFIG
        $env:DOCKER_CONFIG = Join-Path -Path $TestDrive -ChildPath "config$([Guid]::NewGuid())"
        try {
            $digest = -join ([Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($Name)) |
                ForEach-Object { $_.ToString('x2') })
            $meta = New-Item -ItemType Directory -Path "$env:DOCKER_CONFIG/contexts/meta/$digest"
            @{ Name = $Name; Endpoints = @{ docker = @{ Host = 'tcp://x:2376' } } } | ConvertTo-Json -Depth 4 |
                Set-Content -Path "$meta/meta.json"
            Test-RoundTrip 'Get-ComposeProject -Context ' $Name
            # Inside of quotes after a comma the shell itself asks nobody.
            Test-RoundTrip 'Get-ComposeProject -Context default,' $Name ''
        } finally {
            $env:DOCKER_CONFIG = $before
        }
    }

    It 'image with a digest' {
        $name = "registry.example:5000/shop/web@sha256:$('0' * 64)"
        $file = Join-Path -Path $TestDrive -ChildPath images.json
        @{ services = @{ web = @{ image = $name } } } | ConvertTo-Json -Depth 5 | Set-Content -LiteralPath $file
        Test-RoundTrip "Get-ComposeImage -Path '$file' -Image " $name
        Test-RoundTrip "Save-ComposeContainer -Path '$file' -Service web -Image " $name
    }

    Context 'of the engine' -Skip:$noEngine {
        BeforeEach {
            $project = 'odd' + [Guid]::NewGuid().ToString('N').Substring(0, 8)
            # Windows PowerShell would lose the quotes of an argument; a file of labels has none to lose.
            function New-LabelFile([hashtable]$Label) {
                $file = Join-Path -Path $TestDrive -ChildPath ([Guid]::NewGuid())
                [IO.File]::WriteAllLines($file, @($Label.GetEnumerator() |
                    ForEach-Object { "com.docker.compose.$($_.Key)=$($_.Value)" }))
                $file
            }
        }

        AfterEach {
            Invoke-Docker ps -aq --filter label=odd=yes | ForEach-Object { Invoke-Docker rm -f $_ }
            Invoke-Docker volume ls -q --filter label=odd=yes | ForEach-Object { Invoke-Docker volume rm $_ }
            Invoke-Docker network ls -q --filter label=odd=yes | ForEach-Object { Invoke-Docker network rm $_ }
        }

        It 'project and service <Name>' -ForEach $cases {
            $labels = New-LabelFile @{ project = $Name; service = $Name; oneoff = 'False'; 'container-number' = '1';
                'config-hash' = 'x' }
            $null = Invoke-Docker create --name $project --label odd=yes --label-file $labels busybox
            $quoted = "'" + [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Name) + "'"
            Test-RoundTrip 'Get-ComposeContainer -ProjectName ' $Name
            Test-RoundTrip "Get-ComposeContainer -ProjectName $quoted -Service " $Name
            Complete "Get-ComposeLog -ProjectName $quoted -Container " | Should -Be $project
            Complete "Get-ComposeImage -ProjectName $quoted -Image " | Should -Be busybox
        }

        It 'volume and network <Name>' -ForEach $cases {
            $null = Invoke-Docker volume create --label odd=yes --label "com.docker.compose.project=$project" --label "com.docker.compose.volume=$Name" $project
            $null = Invoke-Docker network create --label odd=yes --label "com.docker.compose.project=$project" --label "com.docker.compose.network=$Name" $project
            Test-RoundTrip "Get-ComposeVolume -ProjectName $project -Volume " $Name
            Test-RoundTrip "Get-ComposeNetwork -ProjectName $project -Network " $Name
        }
    }
}
