BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Registry.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noRegistry = $noEngine -or -not (Test-Registry)
    $noUnix = $noEngine -or -not ($IsLinux -or $IsMacOS)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Registry.psm1 -Force
    Import-TestedModule
}

Describe 'Invoke-ComposeBuild' -Skip:$noEngine {
    BeforeAll {
        # Puts a program first on PATH.
        function New-Program([string]$Name, [string]$Text) {
            $folder = ($env:PATH -split ':')[0]
            $null = New-Item -ItemType Directory -Path $folder -Force
            Set-Content -LiteralPath "$folder/$Name" -Value $Text -NoNewline
            & /bin/chmod +x "$folder/$Name"
        }

        $project = New-TestProject @'
services:
  base:
    build:
      dockerfile_inline: |
        FROM busybox
        ARG FLAVOUR=plain
        LABEL flavour=$$FLAVOUR
  web:
    build:
      dockerfile_inline: |
        FROM busybox
        RUN echo web > /web
    depends_on: [base]
  plain:
    image: busybox
'@
    }

    AfterAll {
        Remove-TestProject $project
        Invoke-Docker image rm -f "$($project.Name)-web" "$($project.Name)-base"
    }

    It 'builds every service that has a build and returns the images' {
        $images = Invoke-ComposeBuild -Path $project.Path
        $images.Service | Sort-Object | Should -Be @('base', 'web')
        $web = $images | Where-Object Service -EQ web
        $web.Image | Should -Be "$($project.Name)-web"
        $web.Result | Should -Be 'Built'
        $web.Id | Should -Be (Invoke-Docker image inspect -f '{{.Id}}' "$($project.Name)-web")
        $web.ProjectName | Should -Be $project.Name
    }

    It 'builds the named service alone, or -WithDependency' {
        (Invoke-ComposeBuild -Path $project.Path -Service web).Service | Should -Be 'web'
        (Invoke-ComposeBuild -Path $project.Path -Service web -WithDependency).Service | Sort-Object | Should -Be @('base', 'web')
    }

    It 'passes -BuildArg over the file' {
        $null = Invoke-ComposeBuild -Path $project.Path -Service base -BuildArg @{ FLAVOUR = 'spiced' }
        Invoke-Docker image inspect -f '{{.Config.Labels.flavour}}' "$($project.Name)-base" | Should -Be 'spiced'
        $env:FLAVOUR = 'of this shell'
        try {
            $null = Invoke-ComposeBuild -Path $project.Path -Service base -BuildArg FLAVOUR
            Invoke-Docker image inspect -f '{{.Config.Labels.flavour}}' "$($project.Name)-base" | Should -Be 'of this shell'
            $null = Invoke-ComposeBuild -Path $project.Path -Service base -BuildArg 'FLAVOUR=a=b'
            Invoke-Docker image inspect -f '{{.Config.Labels.flavour}}' "$($project.Name)-base" | Should -Be 'a=b'
        } finally { Remove-Item -Path env:FLAVOUR }
    }

    It 'builds anew with -NoCache' {
        $before = (Invoke-ComposeBuild -Path $project.Path -Service web).Id
        (Invoke-ComposeBuild -Path $project.Path -Service web).Id | Should -Be $before
        (Invoke-ComposeBuild -Path $project.Path -Service web -NoCache).Id | Should -Not -Be $before
    }

    It 'heeds -Memory, or warns that the engine does not' {
        $builder = if ([version](Invoke-Docker version -f '{{.Server.APIVersion}}') -ge '1.44') { 'BuildKit' } else { 'classic' }
        $null = Invoke-ComposeBuild -Path $project.Path -Service web -Memory 64MB -WarningVariable warning -WarningAction SilentlyContinue -ErrorVariable problem
        $problem | Should -BeNullOrEmpty
        [bool]($warning -match 'memory limit') | Should -Be ($builder -eq 'BuildKit')
    }

    It 'pulls what a build starts from with -Pull, though the engine has it' {
        $base = New-TestProject "services:`n  web: { build: { dockerfile_inline: 'FROM localhost:1/nobody/base' } }`n"
        $null = Invoke-Docker tag busybox localhost:1/nobody/base
        (Invoke-ComposeBuild -Path $base.Path).Result | Should -Be 'Built'
        Invoke-ComposeBuild -Path $base.Path -Pull -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        @($problem).Count | Should -Be 1
        $problem[0].ErrorDetails.Message | Should -BeLike '*localhost:1*'
        $null = Invoke-Docker image rm localhost:1/nobody/base
        Remove-TestProject $base
    }

    It 'refuses what needs docker buildx where that is not installed: <Told>' -TestCases @(
        @{ Told = 'a builder of its own'; Asked = @{ Builder = 'other' } }
        @{ Told = 'ssh'; Asked = @{ Ssh = 'default' } }
        @{ Told = 'provenance'; Asked = @{ Provenance = 'mode=max' } }
        @{ Told = 'sbom'; Asked = @{ Sbom = 'true' } }
    ) {
        $path = $env:PATH
        $env:PATH = $TestDrive
        try {
            Invoke-ComposeBuild -Path $project.Path -Service web @Asked -ErrorAction SilentlyContinue -ErrorVariable problem |
                Should -BeNullOrEmpty
        } finally {
            $env:PATH = $path
        }

        @($problem).Count | Should -Be 1
        $problem[0].ErrorDetails.Message | Should -BeLike "*uses $Told, which needs docker buildx*"
    }

    It 'passes -Provenance and -Sbom over what the file says' {
        $asks = New-TestProject "services:`n  web: { build: { dockerfile_inline: FROM busybox, provenance: true, sbom: true } }`n"
        (Invoke-ComposeBuild -Path $asks.Path -Provenance false -Sbom false).Result | Should -Be 'Built'
        Remove-TestProject $asks
    }

    It 'refuses -Check where docker buildx <Case>' -Skip:$noUnix -TestCases @(
        @{ Case = 'is not installed'; Version = $null; Told = 'needs docker buildx, and it is not installed' }
        @{ Case = 'is too old'; Version = 'github.com/docker/buildx v0.14.1 59582a88fca7858dbe1886fd1556b2a0d79e43a3';
            Told = 'needs docker buildx 0.15 or newer, and 0.14.1 is installed' }
    ) {
        $path = $env:PATH
        $env:PATH = Join-Path -Path $TestDrive -ChildPath ([Guid]::NewGuid())
        if ($Version) { New-Program docker "#!/bin/sh`necho $Version`n" }
        try {
            Invoke-ComposeBuild -Path $project.Path -Check -ErrorAction SilentlyContinue -ErrorVariable problem |
                Should -BeNullOrEmpty
        } finally {
            $env:PATH = $path
        }

        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'BuildCheckNeedsBuildx,*'
        $problem[0].Exception.Message | Should -BeLike "*$Told*"
    }

    It 'returns what docker buildx finds with -Check, and builds nothing' -Skip:$noUnix {
        $path = $env:PATH
        $env:PATH = (Join-Path -Path $TestDrive -ChildPath checks) + ":$path"
        New-Program docker @'
#!/bin/sh
if [ "$2" = version ]; then echo 'github.com/docker/buildx v0.17.1'; exit; fi
case "$*" in *'--call check,format=json'*) ;; *) exit 9;; esac
echo '#1 [internal] load build definition' >&2
echo '{"warnings":[{"ruleName":"FromAsCasing","detail":"casing does not match","location":{"ranges":[{"start":{"line":1}}]}}]}'
exit 1
'@
        try {
            $findings = Invoke-ComposeBuild -Path $project.Path -Check -Service base, web
        } finally {
            $env:PATH = $path
        }

        $findings | ForEach-Object { $_ | Should -BeOfType Compose.Files.Diagnostic }
        $findings.Id | Should -Be @('FromAsCasing', 'FromAsCasing')
        $findings.Path | Should -Be @('services.base.build', 'services.web.build')
        $findings[0].File | Should -Be $project.Path
        $findings[0].LineText | Should -Be 'FROM busybox'
    }

    It 'takes the keys of -Ssh for files of the location of the shell' -Skip:$noUnix {
        $path = $env:PATH
        $env:PATH = (Join-Path -Path $TestDrive -ChildPath keys) + ":$path"
        New-Program docker "#!/bin/sh`nif [ `"`$2`" = version ]; then echo 'github.com/docker/buildx v0.17.1'; exit; fi`necho `"`$*`" > $TestDrive/said`necho '{}'`n"
        Push-Location -LiteralPath $TestDrive
        try {
            $null = Invoke-ComposeBuild -Path $project.Path -Service web -Check -Ssh 'k=./id,sub/../other', 'default'
        } finally {
            Pop-Location
            $env:PATH = $path
        }

        Get-Content -LiteralPath $TestDrive/said |
            Should -Match "--ssh[ =]k=$([regex]::Escape("$TestDrive"))/id,$([regex]::Escape("$TestDrive"))/other --ssh[ =]default"
    }

    It 'builds nothing under -WhatIf' {
        Invoke-ComposeBuild -Path $project.Path -Service web -NoCache -WhatIf | Should -BeNullOrEmpty
    }

    It 'tells a service that is not there and a step that fails' {
        Invoke-ComposeBuild -Path $project.Path -Service nobody -ErrorAction SilentlyContinue -ErrorVariable problem |
            Should -BeNullOrEmpty
        @($problem).Count | Should -Be 1
        $broken = New-TestProject "services:`n  a:`n    build:`n      dockerfile_inline: |`n        FROM busybox`n        RUN echo the reason; exit 3`n"
        Invoke-ComposeBuild -Path $broken.Path -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'BuildFailed,*'
        $problem[0].ErrorDetails.Message | Should -BeLike '*the reason*'
        Remove-TestProject $broken
    }
}
