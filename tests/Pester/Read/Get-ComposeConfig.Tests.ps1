BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeConfig' {
    BeforeAll { $here = Get-Location }
    AfterEach {
        Set-Location -LiteralPath $here
        Remove-Item -LiteralPath $project.Folder -Recurse -Force
    }

    It 'returns the project as an object' {
        $project = New-TestProject "services:`n  web:`n    image: busybox`n    ports: ['127.0.0.1:8080:80']`n"
        $config = Get-ComposeConfig -Path $project.Path
        $config | Should -BeOfType Compose.Model.ComposeProject
        $config.Name | Should -BeExactly $project.Name
        $config.Services.web.Ports[0].Target | Should -Be 80
        $config.Services.web.Ports[0].HostIP | Should -Be '127.0.0.1'
    }

    It 'shows models' {
        $project = New-TestProject @'
services:
  web: { image: busybox, models: [llm] }
models: { llm: { model: ai/some, context_size: 1024 } }
'@
        $model = (Get-ComposeConfig -Path $project.Path).Models['llm']
        "$($model.Key) $($model.Model) $($model.ContextSize)" | Should -Be 'llm ai/some 1024'
        (Get-ComposeConfig -Path $project.Path).Models | Out-String | Should -Match 'ai/some'
        (Get-ComposeConfig -Path $project.Path).Models.Values | Out-String | Should -Match 'llm +ai/some +1024'
    }

    It 'prints JSON and YAML that load again' {
        $project = New-TestProject "services:`n  web:`n    image: busybox`n    command: echo `$`$HOME`n"
        $json = Get-ComposeConfig -Path $project.Path -AsJson | ConvertFrom-Json
        $json.services.web.command | Should -Be @('echo', '$$HOME')
        $copy = New-TestProject (Get-ComposeConfig -Path $project.Path -AsYaml)
        (Get-ComposeConfig -Path $copy.Path).Services.web.Command | Should -Be @('echo', '$HOME')
        Remove-Item -LiteralPath $copy.Folder -Recurse
    }

    It 'merges several files in their order, and the override beside a file that was found' {
        $project = New-TestProject "services:`n  web:`n    image: one`n    environment: {A: 1, B: 1}`n" -File @{
            'compose.override.yaml' = "services:`n  web:`n    environment: {B: 2}`n"
            'third.yaml'            = "services:`n  web:`n    image: three`n    environment: [C=3]`n"
        }
        Set-Location -LiteralPath $project.Folder
        (Get-ComposeConfig).Services.web.Environment.B | Should -Be '2'
        $config = Get-ComposeConfig -Path compose.yaml, third.yaml
        $config.Services.web.Image | Should -Be 'three'
        $config.Services.web.Environment.Keys | Sort-Object | Should -Be @('A', 'B', 'C')
        $config.Services.web.Environment.B | Should -Be '1'
    }

    It 'searches upwards, prefers compose.yaml, and reads .env' {
        $project = New-TestProject "services:`n  web:`n    image: busybox:`${TAG:-none}`n" -File @{
            'docker-compose.yml' = "services:`n  other:`n    image: busybox`n"
            '.env'               = "TAG=fromdotenv`nCOMPOSE_PROJECT_NAME=named`n"
            'deep/er/file.txt'   = ''
        }
        Set-Location -LiteralPath (Join-Path -Path $project.Folder -ChildPath deep/er)
        $config = Get-ComposeConfig -WarningAction SilentlyContinue
        $config.Services.web.Image | Should -Be 'busybox:fromdotenv'
        $config.Name | Should -Be 'named'
    }

    It 'follows COMPOSE_FILE, COMPOSE_PROFILES and COMPOSE_PROJECT_NAME of the environment' {
        $project = New-TestProject "services:`n  web: {image: busybox}`n  debug: {image: busybox, profiles: [dev]}`n" -File @{ 'b.yaml' = "services:`n  other: {image: busybox}`n" }
        Set-Location -LiteralPath $project.Folder
        $env:COMPOSE_FILE = 'compose.yaml' + [IO.Path]::PathSeparator + 'b.yaml'
        $env:COMPOSE_PROFILES = 'dev'
        $env:COMPOSE_PROJECT_NAME = 'fromenv'
        try {
            $config = Get-ComposeConfig
        }
        finally {
            $env:COMPOSE_FILE = $env:COMPOSE_PROFILES = $env:COMPOSE_PROJECT_NAME = $null
        }

        $config.Services.Keys | Sort-Object | Should -Be @('debug', 'other', 'web')
        $config.Name | Should -Be 'fromenv'
    }

    It 'includes and extends' {
        $project = New-TestProject "include: [parts/db.yaml]`nservices:`n  web:`n    extends: {file: parts/base.yaml, service: base}`n    command: [own]`n" -File @{
            'parts/db.yaml'   = "services:`n  db:`n    image: busybox`n    volumes: ['./data:/data']`n"
            'parts/base.yaml' = "services:`n  base:`n    image: busybox`n    user: '1000'`n"
        }
        $config = Get-ComposeConfig -Path $project.Path
        $config.Services.db.Volumes[0].Source | Should -Be (Join-Path -Path $project.Folder -ChildPath parts/data)
        $config.Services.web.User | Should -Be '1000'
        $config.Services.web.Command | Should -Be @('own')
    }

    It 'tells where each value came from' {
        $project = New-TestProject "services:`n  web:`n    build: {}`n    hostname: base`n    user: root`n" -File @{ 'over.yaml' = "services:`n  web:`n    hostname: over`n" }
        $provenance = Get-ComposeConfig -Path $project.Path, (Join-Path -Path $project.Folder -ChildPath over.yaml) -Provenance
        $hostname = $provenance | Where-Object Path -EQ services.web.hostname
        $hostname.Value | Should -Be 'over'
        $hostname.Layer | Should -Be 'Override'
        "$($hostname.File):$($hostname.Line):$($hostname.Column)" |
            Should -Be "$(Join-Path -Path $project.Folder -ChildPath over.yaml):3:15"
        ($provenance | Where-Object Path -EQ services.web.user).Layer | Should -Be 'Base'
        ($provenance | Where-Object Path -EQ services.web.build.context).Layer | Should -Be 'Default'
    }

    It 'lists the variables the files name, and leaves them alone when asked' {
        $project = New-TestProject "services:`n  web:`n    image: 'busybox:`${TAG:-1}'`n    ports: ['`${PORT:?a port}:80']`n"
        $variables = Get-ComposeConfig -Path $project.Path -Variable
        $variables.Name | Should -Be @('PORT', 'TAG')
        $variables.Required | Should -Be @($true, $false)
        $variables[1].DefaultValue | Should -Be '1'
        $variables[0].File | Should -Be $project.Path
        $variables[0].Line | Should -Be 4
        Get-ComposeConfig -Path $project.Path -NoInterpolation -AsYaml |
            Should -Match ([regex]::Escape('image: busybox:${TAG:-1}'))
        $all = Get-ComposeConfig -Path $project.Path -Variable -Service web -WarningVariable said -WarningAction SilentlyContinue
        $all.Name | Should -Be 'PORT', 'TAG'
        "$said" | Should -BeLike '*the whole project*'
    }

    It 'leaves unsaid what the files leave unsaid, and paths and env files as they are, when asked' {
        $project = New-TestProject "services:`n  web:`n    build: {args: {A: }}`n    links: [db]`n    env_file: [a.env]`n    volumes: ['./data:/data']`n  db: {image: busybox}`nnetworks: {back: }`n" -File @{ 'a.env' = "X=1`n" }
        $text = Get-ComposeConfig -Path $project.Path -AsYaml -NoNormalization -NoPathResolution -NoEnvironmentResolution
        $text | Should -Match 'context: \.'
        $text | Should -Match 'source: \./data'
        $text | Should -Match 'path: a\.env'
        $text | Should -Match 'A: null'
        $text | Should -Not -Match 'Dockerfile|depends_on|default|_back|X: '
        $plain = Get-ComposeConfig -Path $project.Path -AsYaml
        $plain | Should -Match 'dockerfile: Dockerfile'
        $plain | Should -Match 'X: "1"'
        (Get-ComposeConfig -Path $project.Path -NoNormalize).Services.web.DependsOn.Keys | Should -BeNullOrEmpty
    }

    It 'does not ask registries about names that variables leave open' {
        $project = New-TestProject "services:`n  web: {image: 'busybox:`${TAG}'}`n"
        Get-ComposeConfig -Path $project.Path -NoInterpolation -ResolveImageDigest -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ConflictingParameters,*'
    }

    It 'lists hashes and images' {
        $project = New-TestProject "services:`n  a: {image: busybox}`n  b: {build: .}`n"
        (Get-ComposeConfig -Path $project.Path -Hash).Hash | ForEach-Object { $_ | Should -Match '^[0-9a-f]{64}$' }
        Get-ComposeConfig -Path $project.Path -Image | Should -Be @('busybox', "$($project.Name)-b")
    }

    It 'follows profiles, and a named service enables its own' {
        $project = New-TestProject "services:`n  web: {image: busybox}`n  debug: {image: busybox, profiles: [dev]}`n"
        (Get-ComposeConfig -Path $project.Path).Services.Keys | Should -Be @('web')
        (Get-ComposeConfig -Path $project.Path -Profile dev).Services.Keys | Sort-Object | Should -Be @('debug', 'web')
        (Get-ComposeConfig -Path $project.Path -Service debug).Services.Keys | Should -Be @('debug')
    }

    It 'gives environment the documented precedence' {
        $project = New-TestProject "services:`n  web:`n    image: busybox`n    env_file: [a.env, b.env]`n    environment:`n      X: own`n      HOME:`n" -File @{
            'a.env' = "X=a`nY=a`nZ='lit `$X'`n"
            'b.env' = "Y=b`n"
        }
        $environment = (Get-ComposeConfig -Path $project.Path).Services.web.Environment
        $environment.X | Should -Be 'own'
        $environment.Y | Should -Be 'b'
        $environment.Z | Should -Be 'lit $X'
        $environment.HOME | Should -Be $HOME
    }

    It 'survives Export-CliXml and keeps secrets out of the text' {
        $project = New-TestProject "services:`n  web: {image: busybox}`n"
        $file = Join-Path -Path $project.Folder -ChildPath config.xml
        Get-ComposeConfig -Path $project.Path | Export-Clixml -Path $file
        (Import-Clixml -Path $file).Name | Should -Be $project.Name
        "$(Get-ComposeConfig -Path $project.Path)" | Should -BeExactly $project.Name
    }
}
