BeforeAll {
    Import-Module -Name "$PSScriptRoot\Support.psm1", $env:COMPOSE_TEST_MODULE
    $lines = @(
        'services:'
        '  web:'
        '    image: ${IMAGE:-busybox}'
        '    volumes:'
        '      - .\data:/data'
        '      - C:\logs:/logs:ro'
        '    build: ./app'
        ''
    )
    $folder = New-Folder -File @{
        'compose.yaml'  = $lines -join "`r`n"
        'more.yaml'     = "services: {web: {labels: {more: here}}}"
        'values.env'    = "IMAGE=alpine`r`nOTHER=x`r`n"
        'app\Dockerfile' = "FROM busybox`r`n"
    }
    $file = Join-Path -Path $folder -ChildPath compose.yaml
    Push-Location -LiteralPath $folder
}

AfterAll {
    Pop-Location
    Remove-Folder -Folder $folder
}

Describe 'the paths of Windows' {
    It 'are found as <Form>' -ForEach @(
        @{ Form = 'a drive'; Path = { $file } }
        @{ Form = 'a lower-case drive'; Path = { $file.Substring(0, 1).ToLowerInvariant() + $file.Substring(1) } }
        @{ Form = 'forward slashes'; Path = { $file.Replace('\', '/') } }
        @{ Form = 'other case'; Path = { $file.ToUpperInvariant() } }
        @{ Form = 'a relative path'; Path = { '.\compose.yaml' } }
        @{ Form = '\\?\'; Path = { "\\?\$file" } }
        @{ Form = '~\'; Path = { '~' + $file.Substring($HOME.Length) } }
        @{ Form = 'a PSDrive'; Path = { 'Shop:\compose.yaml' } }
        @{ Form = 'a provider path'; Path = { "FileSystem::$file" } }
    ) {
        $null = New-PSDrive -Name Shop -PSProvider FileSystem -Root $folder
        (Get-ComposeConfig -Path (& $Path)).Services['web'].Image | Should -Be busybox
    }

    It 'are told as they are where a share does not answer' {
        { Get-ComposeConfig -Path '\\nobody\share\compose.yaml' -ErrorAction Stop } |
            Should -Throw -ExpectedMessage '*\\nobody\share\compose.yaml*'
    }

    It 'are searched upwards from the current folder' {
        Push-Location -LiteralPath .\app
        (Get-ComposeConfig).Services.Keys | Should -Be web
        Pop-Location
    }

    It 'are parted by ; in COMPOSE_FILE' {
        $env:COMPOSE_FILE = "$file;more.yaml"
        try {
            (Get-ComposeConfig).Services['web'].Labels['more'] | Should -Be here
        } finally {
            $env:COMPOSE_FILE = $null
        }
    }

    It 'become full paths in mounts and contexts, and a drive stays a drive' {
        $web = (Get-ComposeConfig -Path $file).Services['web']
        $data, $logs = $web.Volumes | ForEach-Object { $_ }
        $data.Source | Should -Be (Join-Path -Path $folder -ChildPath data)
        ($logs.Source, $logs.Target, $logs.ReadOnly) | Should -Be 'C:\logs', '/logs', $true
        $web.Build.Context | Should -Be (Join-Path -Path $folder -ChildPath app)
    }

    It 'become /c/... where COMPOSE_CONVERT_WINDOWS_PATHS asks for it' {
        $env:COMPOSE_CONVERT_WINDOWS_PATHS = '1'
        try {
            (Get-ComposeConfig -Path $file).Services['web'].Volumes.Source | Should -Contain /c/logs
        } finally {
            $env:COMPOSE_CONVERT_WINDOWS_PATHS = $null
        }
    }
}

Describe 'the texts of Windows' {
    It 'are read with CRLF in -EnvFile, without a carriage return in a value' {
        (Get-ComposeConfig -Path $file -EnvFile values.env).Services['web'].Image | Should -BeExactly alpine
    }

    It 'are read as <Name>' -ForEach @(
        @{ Name = 'UTF-16'; Encoding = [Text.Encoding]::Unicode }
        @{ Name = 'UTF-16 of the other order'; Encoding = [Text.Encoding]::BigEndianUnicode }
        @{ Name = 'UTF-8 with a mark'; Encoding = [Text.UTF8Encoding]::new($true) }
    ) {
        $word = "caf$([char]0xE9)"
        $text = "services:`r`n  web:`r`n    image: $word`r`n    hostname: $word`r`n"
        $other = New-Folder -Encoding $Encoding -File @{ 'compose.yaml' = $text }
        (Get-ComposeConfig -Path "$other\compose.yaml").Services['web'].Hostname | Should -BeExactly $word
        Remove-Folder -Folder $other
    }

    It 'are written with the same line ends as elsewhere' {
        Get-ComposeConfig -Path $file -AsYaml | Should -Not -Match "`r"
        Get-ComposeConfig -Path $file -AsJson | Should -Not -Match "`r"
    }

    It 'are told with file, line and column' {
        $wrong = New-Folder -File @{ 'compose.yaml' = "services:`r`n  web:`r`n    imago: busybox`r`n" }
        Test-ComposeFile -Path "$wrong\compose.yaml" -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeFalse
        "$($problem[0])" | Should -BeLike "*$wrong\compose.yaml:3:5*"
        Remove-Folder -Folder $wrong
    }
}
