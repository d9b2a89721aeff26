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

Describe 'Get-ComposeImage' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: { image: busybox, command: sleep 600, init: true, scale: 2 }
  other: { image: "busybox:latest", command: sleep 600, init: true }
'@
        $null = Invoke-ComposeUp -Path $project.Path
    }

    AfterAll { Remove-TestProject $project }

    It 'returns an image for each container' {
        $images = Get-ComposeImage -Path $project.Path
        $images.Container | Should -Be @("$($project.Name)-other-1", "$($project.Name)-web-1", "$($project.Name)-web-2")
        $images[1].Repository | Should -Be 'busybox'
        $images[1].Tag | Should -Be 'latest'
        $images[1].Id | Should -Be (Invoke-Docker image inspect -f '{{.Id}}' busybox)
        $images[1].Size | Should -Be ([long](Invoke-Docker image inspect -f '{{.Size}}' busybox))
        $images[1].Platform | Should -BeLike "$(Invoke-Docker version -f '{{.Server.Os}}/{{.Server.Arch}}')*"
        $images[1].UpdateAvailable | Should -BeNullOrEmpty
    }

    It 'narrows to services and takes what is piped' {
        (Get-ComposeImage -ProjectName $project.Name -Service other).Service | Should -Be 'other'
        (Get-ComposeContainer -ProjectName $project.Name -Service web | Get-ComposeImage).Replica | Should -Be @(1, 2)
    }

    It 'is one error for an unknown service' {
        Get-ComposeImage -ProjectName $project.Name -Service nope -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ServiceNotFound,*'
    }
}

Describe 'the digests of Get-ComposeConfig' -Skip:$noRegistry {
    BeforeAll {
        $registry = Start-TestRegistry
        $image = "$($registry.Host)/team/locked:1"
        $project = New-TestProject "services:`n  app: { image: $image, build: { dockerfile_inline: FROM busybox }, user: root, pre_start: [{ image: $image, command: 'true' }] }`n  own: { build: { dockerfile_inline: FROM busybox } }`n"
        $digest = (Invoke-ComposeBuild -Path $project.Path -Service app -Push -RegistryCredential $registry.Credential).Digest
    }

    AfterAll {
        Remove-TestProject $project
        & docker image rm -f $image 2>&1 | Out-Null
        Stop-TestRegistry $registry
    }

    It 'names each image by what its registry has' {
        $config = Get-ComposeConfig -Path $project.Path -ResolveImageDigest -RegistryCredential $registry.Credential
        $config.Services.app.Image | Should -BeExactly "$image@$digest"
        $config.Services.app.PreStart[0].Image | Should -BeExactly "$image@$digest"
        $config.Services.app.User | Should -Be 'root'
        $config.Services.own.Image | Should -BeNullOrEmpty
    }

    It 'writes a file to lay over the project' {
        $lock = Join-Path -Path $project.Folder -ChildPath lock.yaml
        Get-ComposeConfig -Path $project.Path -LockImageDigest -AsYaml -RegistryCredential $registry.Credential |
            Set-Content -LiteralPath $lock
        Get-Content -LiteralPath $lock -Raw | Should -Not -Match 'user|name:|networks|build'
        $over = Get-ComposeConfig -Path $project.Path, $lock
        $over.Services.app.Image | Should -BeExactly "$image@$digest"
        $over.Services.own.Build | Should -Not -BeNullOrEmpty
    }

    It 'is one error for a wrong password' {
        Get-ComposeConfig -Path $project.Path -ResolveImageDigest -RegistryCredential $registry.Wrong -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ImagePullDenied,*'
    }
}

Describe 'Get-ComposeImage -CheckUpdate' -Skip:$noRegistry {
    BeforeAll {
        $registry = Start-TestRegistry
        $image = "$($registry.Host)/team/shown:1"
        $project = New-TestProject "services:`n  app:`n    image: $image`n    command: sleep 600`n    init: true`n    build: { dockerfile_inline: `"FROM busybox\nLABEL take=1`" }`n"
        $null = Invoke-ComposeBuild -Path $project.Path -Push -RegistryCredential $registry.Credential
        $null = Invoke-ComposeUp -Path $project.Path -NoBuild
    }

    AfterAll {
        Remove-TestProject $project
        & docker image rm -f $image 2>&1 | Out-Null
        Stop-TestRegistry $registry
    }

    It 'knows that the image is the newest' {
        $shown = Get-ComposeImage -Path $project.Path -CheckUpdate -RegistryCredential $registry.Credential
        $shown.UpdateAvailable | Should -BeFalse
        $shown.UpdateAvailable | Should -Not -BeNullOrEmpty
        $shown.Digest | Should -BeLike 'sha256:*'
        $shown.RegistryDigest | Should -Be $shown.Digest
    }

    It 'is one error with a wrong password, and the image is returned all the same' {
        $shown = Get-ComposeImage -Path $project.Path -CheckUpdate -RegistryCredential $registry.Wrong -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ImagePullDenied,*'
        $shown.Service | Should -Be 'app'
        $shown.UpdateAvailable | Should -BeNullOrEmpty
    }

    It 'knows that there is a newer one' {
        $next = New-TestProject "services:`n  app:`n    image: $image`n    build: { dockerfile_inline: `"FROM busybox\nLABEL take=2`" }`n"
        $old = Invoke-Docker image inspect -f '{{.Id}}' $image
        $null = Invoke-ComposeBuild -Path $next.Path -Push -RegistryCredential $registry.Credential
        $null = Invoke-Docker tag $old $image
        $shown = Get-ComposeImage -Path $project.Path -CheckUpdate -RegistryCredential $registry.Credential
        $shown.UpdateAvailable | Should -BeTrue
        $shown.RegistryDigest | Should -Not -Be $shown.Digest
        Remove-TestProject $next
    }
}
