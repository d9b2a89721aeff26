# A marker stands for each secret: it is in no stream, transcript or export, on no command line, and in no file that stays behind.
BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noPeer = $noEngine -or -not $env:COMPOSE_PEER -or
        -not (Test-Path -LiteralPath "$(Split-Path -Path $env:COMPOSE_PEER)/docker-buildx")
    $noUnix = $noEngine -or $env:OS -eq 'Windows_NT'
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Registry.psm1 -Force
    Import-TestedModule
    $marker = 'marker' + [guid]::NewGuid().ToString('N')
    $kept = @{}
    foreach ($name in 'PATH', 'DOCKER_CONFIG', 'TMPDIR') { $kept[$name] = [Environment]::GetEnvironmentVariable($name) }

    # Everything somebody could read of what a script block wrote: each object in every form, with all streams, and the
    # transcript.
    function Get-Said([scriptblock]$Action) {
        $transcript = "$TestDrive/transcript.txt"
        $null = Start-Transcript -LiteralPath $transcript
        try { $written = @(& $Action -Verbose -Debug *>&1) } catch { $written = @($_) } finally { $null = Stop-Transcript }
        $texts = foreach ($object in $written) {
            $object | Out-String
            $object | Format-List -Property * -Force | Out-String
            $object | ConvertTo-Csv | Out-String
            [Management.Automation.PSSerializer]::Serialize($object, 6)
            if ($object -is [Management.Automation.ErrorRecord]) {
                $object.Exception.ToString()
                $object.TargetObject | Format-List -Property * -Force | Out-String
                [Management.Automation.PSSerializer]::Serialize($object.TargetObject, 6)
            } elseif ($object -isnot [Management.Automation.InformationalRecord]) {
                ConvertTo-Json -InputObject $object -Depth 6 -WarningAction SilentlyContinue
            }
        }

        $texts += Get-Content -LiteralPath $transcript -Raw
        $texts -join "`n"
    }
}

Describe 'the secrets of a project' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web:
    image: busybox
    command: sleep 600
    init: true
    stop_grace_period: 0s
    environment: { PASSWORD: "${PASSWORD}", OTHER: "${OTHER:-}" }
    secrets: [held, written]
  lacking: { image: "localhost:1/lacking", pull_policy: never, profiles: [lacking], environment: { PASSWORD: "${PASSWORD}" }, secrets: [held] }
secrets:
  held: { environment: HELD }
  written: { file: ./written.txt }
'@ -File @{ '.env' = "PASSWORD=$marker-1`nHELD=$marker-2`n"; 'written.txt' = "$marker-3" }
        $at = @{ Path = $project.Path }
    }

    AfterAll { Remove-TestProject $project }

    It 'are in nothing of <Name>' -ForEach @(
        @{ Name = 'a plan'; Action = { param([switch]$Verbose, [switch]$Debug) Get-ComposePlan @at @PSBoundParameters } }
        @{ Name = 'up'; Action = { param([switch]$Verbose, [switch]$Debug) Invoke-ComposeUp @at @PSBoundParameters } }
        @{ Name = 'a plan of what changed'; Action = { param([switch]$Verbose, [switch]$Debug) $env:OTHER = "$marker-4";
            Get-ComposePlan @at @PSBoundParameters } }
        @{ Name = 'up again, with what changed'; Action = { param([switch]$Verbose,
            [switch]$Debug) Invoke-ComposeUp @at @PSBoundParameters } }
        @{ Name = 'lists'; Action = {
                param([switch]$Verbose, [switch]$Debug)
                foreach ($cmdlet in 'Project', 'Service', 'Container', 'Image', 'Network', 'Volume', 'Process', 'Port', 'Stats',
                    'Event', 'Log') {
                    if ($cmdlet -eq 'Project') { Get-ComposeProject -ProjectName $project.Name @PSBoundParameters } else { & "Get-Compose$cmdlet" @at @PSBoundParameters }
                }
                Get-ComposeGraph @at @PSBoundParameters
            }
        }
        @{ Name = 'a command with a variable'; Action = {
                param([switch]$Verbose, [switch]$Debug)
                Invoke-ComposeExec @at -Service web -Environment @{ MINE = "$marker-5" } @PSBoundParameters -- sh -c 'test -n "$MINE" && test -s /run/secrets/held'
            }
        }
        @{ Name = 'a container that cannot be made';
            Action = { param([switch]$Verbose, [switch]$Debug) Invoke-ComposeUp @at -Profile lacking @PSBoundParameters } }
        @{ Name = 'a one-off that fails'; Action = {
                param([switch]$Verbose, [switch]$Debug)
                Invoke-ComposeRun @at -Service web -Remove -Environment @{ MINE = "$marker-6" } -Volume '/nowhere/at all:relative' @PSBoundParameters -- 'true'
            }
        }
        @{ Name = 'removal'; Action = { param([switch]$Verbose, [switch]$Debug) Remove-ComposeProject @at @PSBoundParameters } }
    ) {
        $said = Get-Said $Action
        $said.Length | Should -BeGreaterThan 100
        $said | Should -Not -Match $marker
    }

    AfterAll { $env:OTHER = $null }
}

Describe 'a login' -Skip:$noUnix {
    BeforeAll {
        $folder = (New-Item -ItemType Directory -Path "$TestDrive/login").FullName
        $project = New-TestProject 'services: { web: { image: "127.0.0.1:1/team/web:1" } }'
        Set-Content -LiteralPath "$folder/docker-credential-mine" -Value '#!/bin/sh', 'cat > /dev/null',
            "echo '{`"Username`":`"me`",`"Secret`":`"$marker-7`"}'"
        & chmod +x "$folder/docker-credential-mine"
        $env:PATH = "${folder}:$env:PATH"
        $env:DOCKER_CONFIG = $folder
        $env:TMPDIR = (New-Item -ItemType Directory -Path "$TestDrive/logintemp").FullName
        $credential = @{ '127.0.0.1:1' = Get-TestLogin -Password "$marker-8" }
        $encoded = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("me:$marker-9"))
    }

    AfterAll {
        foreach ($name in $kept.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
        Remove-TestProject $project
    }

    It 'is in nothing of a pull that fails, from <Name>' -ForEach @(
        @{ Name = 'a credential helper'; Config = { '{"credsStore": "mine"}' }; More = { @{} } }
        @{ Name = "docker's configuration"; Config = { "{`"auths`": {`"127.0.0.1:1`": {`"auth`": `"$encoded`"}}}" };
            More = { @{} } }
        @{ Name = 'a parameter'; Config = { '{}' }; More = { @{ RegistryCredential = $credential } } }
    ) {
        Set-Content -LiteralPath "$folder/config.json" -Value (& $Config)
        $more = & $More
        $said = Get-Said { param([switch]$Verbose,
            [switch]$Debug) Invoke-ComposePull -Path $project.Path @more @PSBoundParameters }
        $said | Should -Match '127.0.0.1:1/team/web'
        $said | Should -Not -Match $marker
        $said | Should -Not -Match ([regex]::Escape($encoded))
        Get-ChildItem -LiteralPath $env:TMPDIR -Recurse -File -Force | Select-String -Pattern $marker -List |
            Should -BeNullOrEmpty
    }

    It 'is in no message where it stands in the address of an engine: <_>' -ForEach 'tcp://me:{0}@127.0.0.1:1',
        'https://{0}@127.0.0.1:1', 'tcp://me:{0}@127.0.0.1:none' {
        $address = $_ -f $marker
        Get-Said { param([switch]$Verbose, [switch]$Debug) Get-ComposeProject -EngineHost $address @PSBoundParameters } |
            Should -Not -Match $marker
    }
}

Describe 'the secrets of a build' -Skip:$noPeer {
    BeforeAll {
        $programs = Split-Path -Path $env:COMPOSE_PEER
        $folder = (New-Item -ItemType Directory -Path "$TestDrive/build").FullName
        $temporary = (New-Item -ItemType Directory -Path "$TestDrive/buildtemp").FullName
        Set-Content -LiteralPath "$folder/config.json" -Value "{`"cliPluginsExtraDirs`": [`"$programs`"]}"
        $env:PATH = "${programs}:$env:PATH"
        $env:DOCKER_CONFIG = $folder
        $project = New-TestProject @'
services:
  web:
    build:
      dockerfile_inline: |
        FROM busybox
        ARG TOKEN
        RUN --mount=type=secret,id=held --mount=type=secret,id=written test -n "$$TOKEN" && test -s /run/secrets/held && sleep 2
      args: { TOKEN: "${TOKEN}" }
      secrets: [held, written]
  keyed:
    build: { dockerfile_inline: FROM busybox, ssh: ["default=./key"] }
  cloned:
    build: { context: "https://me:${TOKEN}@127.0.0.1:1/repo.git" }
secrets:
  held: { environment: HELD }
  written: { file: ./written.txt }
'@ -File @{ '.env' = "TOKEN=$marker-a`nHELD=$marker-b`n"; 'written.txt' = "$marker-c"; 'key' = "-----BEGIN OPENSSH PRIVATE KEY-----`n$marker-d`n-----END OPENSSH PRIVATE KEY-----`n" }
        $credential = @{ '127.0.0.1:1' = Get-TestLogin -Password "$marker-e" }

        # Looks at all command lines, and at the files the build keeps for a while, until it is stopped.
        $seen = [Collections.Concurrent.ConcurrentDictionary[string, bool]]::new()
        $looking = [powershell]::Create().AddScript({
                param($Seen, $Temporary)
                while ($true) {
                    foreach ($process in [IO.Directory]::GetDirectories('/proc')) {
                        try { $null = $Seen.TryAdd([IO.File]::ReadAllText("$process/cmdline").Replace("`0", ' '),
                            $true) } catch { continue }
                    }
                    foreach ($path in [IO.Directory]::GetDirectories($Temporary)) {
                        try { $null = $Seen.TryAdd("$([IO.File]::GetUnixFileMode($path)) $path", $true) } catch { continue }
                    }
                    [Threading.Thread]::Sleep(20)
                }
            }).AddArgument($seen).AddArgument($temporary)
    }

    AfterAll {
        foreach ($name in $kept.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
        Remove-TestProject $project
        & docker image rm -f "$($project.Name)-web" 2>&1 | Out-Null
    }

    It 'are in no stream, on no command line, and in no file that is left' {
        $env:TMPDIR = $temporary
        $null = $looking.BeginInvoke()
        try {
            $said = Get-Said { param([switch]$Verbose,
                [switch]$Debug) Invoke-ComposeBuild -Path $project.Path -Service web -RegistryCredential $credential @PSBoundParameters }
        } finally {
            $looking.Stop()
            $looking.Dispose()
            $env:TMPDIR = $kept['TMPDIR']
        }
        $said | Should -Match "$($project.Name)-web"
        $said | Should -Not -Match 'cannot be built'
        $said | Should -Not -Match $marker
        @($seen.Keys) -match 'buildx build' | Should -Not -BeNullOrEmpty
        @($seen.Keys) -match $marker | Should -BeNullOrEmpty
        # Logins that were passed reach docker in a directory of ours alone.
        $directories = @($seen.Keys) -match "$([regex]::Escape($temporary))/compose"
        $directories | Should -Not -BeNullOrEmpty
        $directories | Should -Match '^UserExecute, UserWrite, UserRead '
        Get-ChildItem -LiteralPath $temporary -Force -Filter compose* | Should -BeNullOrEmpty
        Get-ChildItem -LiteralPath $temporary -Recurse -File -Force | Select-String -Pattern $marker -List | Should -BeNullOrEmpty
    }

    It 'are in nothing of a build that fails: <_>' -ForEach 'keyed', 'cloned' {
        $service = $_
        $said = Get-Said { param([switch]$Verbose,
            [switch]$Debug) Invoke-ComposeBuild -Path $project.Path -Service $service @PSBoundParameters }
        $said | Should -Match 'cannot be built'
        $said | Should -Not -Match $marker
    }
}
