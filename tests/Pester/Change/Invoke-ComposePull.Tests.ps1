BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Registry.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noRegistry = $noEngine -or -not (Test-Registry)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Registry.psm1 -Force
    Import-TestedModule
}

Describe 'Invoke-ComposePull' -Skip:$noRegistry {
    BeforeAll {
        $registry = Start-TestRegistry
        $image = "$($registry.Host)/team/app:1"
        $seed = New-TestProject "services:`n  app:`n    image: $image`n    build: { dockerfile_inline: FROM busybox }`n"
        $null = Invoke-ComposeBuild -Path $seed.Path -Push -RegistryCredential $registry.Credential
        $project = New-TestProject @"
services:
  app:
    image: $image
    depends_on: [base]
  base:
    image: $image
    platform: $(Invoke-Docker version -f '{{.Server.Os}}/{{.Server.Arch}}')
  kept:
    image: $($registry.Host)/team/none:1
    pull_policy: never
  made:
    image: $($registry.Host)/team/none:2
    build: { dockerfile_inline: FROM busybox }
"@
    }

    BeforeEach { & docker image rm -f $image 2>&1 | Out-Null }

    AfterAll {
        & docker image rm -f $image 2>&1 | Out-Null
        Remove-TestProject $project
        Remove-TestProject $seed
        Stop-TestRegistry $registry
    }

    It 'pulls with a login and returns the image with its digest' {
        $pulled = Invoke-ComposePull -Path $project.Path -Service app -RegistryCredential $registry.Credential
        $pulled.Service | Should -Be 'app'
        $pulled.Result | Should -Be 'Pulled'
        $pulled.Digest | Should -BeLike 'sha256:*'
        $pulled.Id | Should -Be (Invoke-Docker image inspect -f '{{.Id}}' $image)
    }

    It 'is what Invoke-ComposeRun does, with the login it is given' {
        Invoke-ComposeRun -Path $project.Path -Service app -NoDependency -Remove -RegistryCredential $registry.Wrong true -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ImagePullDenied,*'
        (Invoke-ComposeRun -Path $project.Path -Service app -NoDependency -Remove -RegistryCredential $registry.Credential true).ExitCode | Should -Be 0
    }

    It 'is done by Invoke-ComposeRun -QuietPull without a word' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'").Invoke()
        $shell.Commands.Clear()
        $result = $shell.AddScript('param($Path, $Login) Invoke-ComposeRun -Path $Path -Service app -NoDependency -Remove -QuietPull -RegistryCredential $Login true').AddArgument($project.Path).AddArgument($registry.Credential).Invoke()
        $result.ExitCode | Should -Be 0
        @($shell.Streams.Progress.Where({ "$_" -match 'pull' })) | Should -BeNullOrEmpty
        $shell.Dispose()
        Invoke-Docker image inspect -f '{{.Id}}' $image | Should -Not -BeNullOrEmpty
    }

    It 'takes dependencies along with -IncludeDependency' {
        (Invoke-ComposePull -Path $project.Path -Service app -IncludeDependency -RegistryCredential $registry.Credential).Service | Sort-Object | Should -Be @('app', 'base')
    }

    It 'is one error with a wrong password, a warning with -IgnorePullFailure' {
        Invoke-ComposePull -Path $project.Path -Service app -RegistryCredential $registry.Wrong -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ImagePullDenied,*'
        Invoke-ComposePull -Path $project.Path -Service app -RegistryCredential $registry.Wrong -IgnorePullFailure -ErrorVariable problem -WarningVariable warning -WarningAction SilentlyContinue
        $problem | Should -BeNullOrEmpty
        $warning | Should -Not -BeNullOrEmpty
    }

    It 'leaves what is there with -Policy Missing' {
        $null = Invoke-ComposePull -Path $project.Path -Service app -RegistryCredential $registry.Credential
        $left = Invoke-ComposePull -Path $project.Path -Service app -Policy Missing -RegistryCredential $registry.Credential
        "$($left.Result): $($left.Reason)" | Should -Be 'Skipped: the engine has it'
        $anew = Invoke-ComposePull -Path $project.Path -Service app -Policy Always -RegistryCredential $registry.Credential
        $anew.Result | Should -Be 'Pulled'
    }

    It 'only warns of an image that can be built, or leaves it out' {
        $quietly = @{ WarningVariable = 'warning'; WarningAction = 'SilentlyContinue' }
        $login = @{ RegistryCredential = $registry.Credential }
        Invoke-ComposePull -Path $project.Path -Service made, kept @login @quietly -ErrorVariable problem |
            ForEach-Object { "$($_.Service) $($_.Result): $($_.Reason)" } | Should -Be 'kept Skipped: its pull policy is never'
        $problem | Should -BeNullOrEmpty
        "$warning" | Should -BeLike '*team/none:2*Still to be built: made. Invoke-ComposeBuild builds them.'
        (Invoke-ComposePull -Path $project.Path -Service made -IgnoreBuildable @quietly).Reason | Should -Be 'it can be built'
        "$warning" | Should -Be 'Still to be built: made. Invoke-ComposeBuild builds them.'
    }

    It 'logs in for up too' {
        $up = New-TestProject "services:`n  app:`n    image: $image`n    command: sleep 60`n    init: true`n"
        (Invoke-ComposeUp -Path $up.Path -RegistryCredential $registry.Credential).State | Should -Be 'Running'
        Remove-TestProject $up
    }
}
