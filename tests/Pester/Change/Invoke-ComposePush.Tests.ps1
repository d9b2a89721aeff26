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

Describe 'Invoke-ComposePush and Invoke-ComposePull with a registry that asks for a login' -Skip:$noRegistry {
    BeforeAll {
        $registry = Start-TestRegistry
        $image = "$($registry.Host)/team/web:1"
        $project = New-TestProject @"
services:
  web:
    image: $image
    build:
      dockerfile_inline: |
        FROM busybox
        RUN echo web > /web
      tags: ["$($registry.Host)/team/web:extra"]
    depends_on: [base]
  base:
    image: $($registry.Host)/team/base:1
    build: { dockerfile_inline: FROM busybox }
  unbuilt:
    image: busybox
"@
        $null = Invoke-ComposeBuild -Path $project.Path
    }

    AfterAll {
        Remove-TestProject $project
        & docker image rm -f $image "$($registry.Host)/team/base:1" "$($registry.Host)/team/web:extra" 2>&1 | Out-Null
        Stop-TestRegistry $registry
    }

    It 'is one error with a wrong password' {
        Invoke-ComposePush -Path $project.Path -Service web -RegistryCredential $registry.Wrong -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ImagePushDenied,*'
        $problem[0].ErrorDetails.Message | Should -BeLike "*$($registry.Host)/team/web*"
    }

    It 'warns with -IgnorePushFailure' {
        Invoke-ComposePush -Path $project.Path -RegistryCredential $registry.Wrong -IgnorePushFailure -WarningVariable warning -WarningAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem | Should -BeNullOrEmpty
        $warning | Should -Not -BeNullOrEmpty
    }

    It 'refuses what is no credential' {
        { Invoke-ComposePush -Path $project.Path -RegistryCredential @{ $registry.Host = 'secret' } } |
            Should -Throw '*PSCredential*'
    }

    It 'pushes what services build under all tags, with the digest' {
        $pushed = Invoke-ComposePush -Path $project.Path -Service web -RegistryCredential $registry.Credential
        $pushed.Image | Sort-Object | Should -Be @($image, "$($registry.Host)/team/web:extra")
        $pushed[0].Result | Should -Be 'Pushed'
        $pushed[0].Digest | Should -BeLike 'sha256:*'
    }

    It 'takes dependencies along with -IncludeDependency' {
        (Invoke-ComposePush -Path $project.Path -Service web -IncludeDependency -RegistryCredential $registry.Credential).Service | Sort-Object -Unique | Should -Be @('base', 'web')
    }

    It 'pushes nothing under -WhatIf' {
        Invoke-ComposePush -Path $project.Path -WhatIf | Should -BeNullOrEmpty
    }
}
