# A cloned repository may hold programs of the names we start. None of them runs, in the working directory or in a relative
# entry of PATH.
BeforeAll {
    Import-Module -Name "$PSScriptRoot\Support.psm1", $env:COMPOSE_TEST_MODULE
    $lines = @(
        'services:'
        '  web:'
        '    image: registry.invalid/web:1'
        '    build:'
        '      dockerfile_inline: FROM scratch'
        '      secrets: [held]'
        '  pulled: { image: "registry.invalid/pulled:1" }'
        'secrets: { held: { environment: USERNAME } }'
        ''
    )
    $folder = New-Folder -File @{ 'compose.yaml' = $lines -join "`r`n"; 'config\config.json' = '{"credsStore": "mine"}';
        'bin\keep' = '' }
    # cmd.exe under another name would answer with its banner, which is another error than that of a program that is not there.
    $real = "$env:SystemRoot\System32\cmd.exe"
    $names = 'docker', 'docker-buildx', 'ssh', 'docker-credential-mine'
    foreach ($place in $folder, "$folder\bin") {
        foreach ($name in $names) {
            Copy-Item -LiteralPath $real -Destination "$place\$name.exe"
            foreach ($extension in 'cmd', 'bat') {
                Set-Content -LiteralPath "$place\$name.$extension" -Value '@echo off', "echo ran> `"$folder\ran`"", 'exit /b 7'
            }
        }
    }

    $before = @{ Path = $env:PATH; Config = $env:DOCKER_CONFIG; Directory = [Environment]::CurrentDirectory }
    $env:DOCKER_CONFIG = "$folder\config"
    Push-Location -LiteralPath $folder
    [Environment]::CurrentDirectory = $folder

    # What a decoy that is a batch file leaves behind.
    function Get-Ran { Get-ChildItem -LiteralPath $folder -Filter ran }
}

AfterAll {
    Pop-Location
    [Environment]::CurrentDirectory = $before.Directory
    $env:PATH, $env:DOCKER_CONFIG = $before.Path, $before.Config
    Remove-Folder -Folder $folder
}

Describe 'a decoy that does run' {
    AfterEach { Remove-Item -LiteralPath "$folder\ran" -ErrorAction Ignore }

    It 'is seen' {
        & "$folder\ssh.cmd"
        Get-Ran | Should -Not -BeNullOrEmpty
    }
}

Describe 'a program beside the files never runs: PATH <Name>' -ForEach @(
    @{ Name = 'as it is'; Add = '' }
    @{ Name = 'with relative entries'; Add = '.;bin;.\bin;' }
    @{ Name = 'with an empty entry'; Add = ';' }
) {
    BeforeAll { $env:PATH = $Add + $before.Path }

    It 'ssh' {
        { Get-ComposeProject -EngineHost ssh://nobody.invalid -ErrorAction Stop } | Should -Throw -ErrorId 'SshNotFound,*'
        Get-Ran | Should -BeNullOrEmpty
    }

    It 'a credential helper' -Skip:(-not $env:COMPOSE_TEST_ENGINE) {
        Invoke-ComposePull -Service pulled -EngineHost $env:COMPOSE_TEST_ENGINE -ErrorAction SilentlyContinue -ErrorVariable problem
        "$problem" | Should -Match "'docker-credential-mine' is not on PATH"
        Get-Ran | Should -BeNullOrEmpty
    }

    It 'docker and its buildx' -Skip:(-not $env:COMPOSE_TEST_ENGINE) {
        Invoke-ComposeBuild -Service web -EngineHost $env:COMPOSE_TEST_ENGINE -ErrorAction SilentlyContinue -ErrorVariable problem
        "$problem" | Should -Match 'buildx, and it is not installed'
        Get-Ran | Should -BeNullOrEmpty
    }
}

Describe 'a batch file on PATH' {
    It 'is not run either: cmd.exe would read its arguments' {
        $installed = (New-Item -ItemType Directory -Path "$folder\installed" -Force).FullName
        Set-Content -LiteralPath "$installed\ssh.cmd" -Value '@echo off', "echo ran> `"$folder\ran`""
        $env:PATH = "$installed;$($before.Path)"
        { Get-ComposeProject -EngineHost ssh://nobody.invalid -ErrorAction Stop } | Should -Throw -ErrorId 'SshNotFound,*'
        Get-Ran | Should -BeNullOrEmpty
    }
}
