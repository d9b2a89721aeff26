BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Test-ComposeFile' {
    AfterEach { if ($project) { Remove-Item -LiteralPath $project.Folder -Recurse -Force } }

    It 'answers true for a right file' {
        $project = New-TestProject "services:`n  web:`n    image: busybox`n"
        Test-ComposeFile -Path $project.Path | Should -BeTrue
    }

    It 'tells <Name> as one error with id <Id> at <Line>:<Column>' -TestCases @(
        @{ Name = 'an unknown key'; Id = 'UnknownAttribute'; Line = 4; Column = 5;
            Text = "services:`n  web:`n    image: busybox`n    port: [80]" }
        @{ Name = 'a wrong type'; Id = 'WrongType'; Line = 4; Column = 11;
            Text = "services:`n  web:`n    image: busybox`n    init: sometimes" }
        @{ Name = 'an undefined network'; Id = 'UndefinedNetwork'; Line = 4; Column = 16;
            Text = "services:`n  web:`n    image: busybox`n    networks: [back]" }
        @{ Name = 'an undefined volume'; Id = 'UndefinedVolume'; Line = 4; Column = 15;
            Text = "services:`n  web:`n    image: busybox`n    volumes: ['data:/data']" }
        @{ Name = 'an undefined secret'; Id = 'UndefinedSecret'; Line = 4; Column = 15;
            Text = "services:`n  web:`n    image: busybox`n    secrets: [key]" }
        @{ Name = 'an undefined dependency'; Id = 'UndefinedService'; Line = 4; Column = 18;
            Text = "services:`n  web:`n    image: busybox`n    depends_on: [stor]" }
        @{ Name = 'a dependency cycle'; Id = 'DependencyCycle'; Line = 4; Column = 18;
            Text = "services:`n  a:`n    image: busybox`n    depends_on: [b]`n  b:`n    image: busybox`n    depends_on: [a]" }
        @{ Name = 'a missing env_file'; Id = 'EnvFileNotFound'; Line = 4; Column = 15;
            Text = "services:`n  web:`n    image: busybox`n    env_file: missing.env" }
        @{ Name = 'a bad interpolation'; Id = 'BadInterpolation'; Line = 3; Column = 12;
            Text = "services:`n  web:`n    image: `${1x}" }
        @{ Name = 'a missing variable'; Id = 'MissingVariable'; Line = 3; Column = 12;
            Text = "services:`n  web:`n    image: `${NOT_SET_HERE:?name an image}" }
        @{ Name = 'malformed YAML'; Id = 'MalformedYaml'; Line = 4; Column = 0; Text = "services:`n  web: {image: busybox`n" }
        @{ Name = 'an empty file'; Id = 'EmptyComposeFile'; Line = 1; Column = 1; Text = '' }
    ) {
        $project = New-TestProject -Compose "$Text "
        Test-ComposeFile -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeFalse
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeExactly "$Id,Compose.Module.Commands.TestComposeFileCommand"
        $problem[0].TargetObject.File | Should -Be $project.Path
        $problem[0].TargetObject.Line | Should -Be $Line
        if ($Column) {
            $problem[0].TargetObject.Column | Should -Be $Column
        }

        $problem[0].ToString() | Should -Match ([regex]::Escape("$($project.Path):$Line`:"))
    }

    It 'suggests the nearest name' {
        $project = New-TestProject "services:`n  web:`n    image: busybox`n    port: [80]`n"
        Test-ComposeFile -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeFalse
        $problem[0].ErrorDetails.RecommendedAction | Should -Be "Did you mean 'ports'?"
    }

    It 'tells every problem of a file at once' {
        $project = New-TestProject "services:`n  web:`n    image: busybox`n    port: [80]`n    init: sometimes`n    depends_on: [nobody]`n"
        $null = Test-ComposeFile -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -HaveCount 3
    }

    It 'refuses a directory as path' {
        $project = New-TestProject "services: {}"
        Test-ComposeFile -Path $project.Folder -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeFalse
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ComposeFileIsDirectory,*'
    }

    It 'refuses a path that is not of the file system' {
        Test-ComposeFile -Path 'Variable:PSHOME' -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeFalse
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotFileSystemPath,*'
        $project = $null
    }

    It 'warns once about version' {
        $project = New-TestProject "version: '3'`nservices:`n  web:`n    image: busybox`n"
        Test-ComposeFile -Path $project.Path -WarningAction SilentlyContinue -WarningVariable warnings | Should -BeTrue
        $warnings | Should -HaveCount 1
        $warnings[0] | Should -BeLike "*compose.yaml:1:1: The attribute 'version' is obsolete*"
    }

    It 'warns about what is not carried out, with its place' {
        $project = New-TestProject "services:`n  web:`n    image: busybox`n    deploy:`n      endpoint_mode: vip`n"
        Test-ComposeFile -Path $project.Path -WarningAction SilentlyContinue -WarningVariable warnings | Should -BeTrue
        $warnings[0] | Should -BeLike "*compose.yaml:5:7: The attribute 'endpoint_mode' has an effect on a Swarm only."
    }

    It 'reads a file from standard input' {
        $script = "Import-Module '$env:COMPOSE_TEST_MODULE'; (Get-ComposeConfig -Path - -ProjectName piped).Services.web.Image"
        'services: {web: {image: busybox}}' | Invoke-NewShell -NoProfile -Command $script | Should -Be 'busybox'
    }

    It 'leaves what sections say against one another with -NoConsistency, and so does Get-ComposeConfig' {
        $file = Join-Path -Path $TestDrive -ChildPath inconsistent.yaml
        Set-Content -Path $file -Value "services:`n  a: { image: busybox, networks: [none] }`n"
        Test-ComposeFile -Path $file -ErrorAction SilentlyContinue | Should -BeFalse
        Test-ComposeFile -Path $file -NoConsistency | Should -BeTrue
        Get-ComposeConfig -Path $file -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        (Get-ComposeConfig -Path $file -NoConsistency).Services.Keys | Should -Be 'a'
    }
}
