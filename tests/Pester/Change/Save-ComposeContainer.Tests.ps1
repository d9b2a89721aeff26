BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Save-ComposeContainer' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject "services:`n  web: {image: busybox, command: sleep 600, init: true, scale: 2}`n  done: {image: busybox, command: 'true'}`n"
        $null = Invoke-ComposeUp -Path $project.Path
        $common = @{ ProjectName = $project.Name }
        $image = "$($project.Name)-saved"
        Invoke-Docker exec "$($project.Name)-web-2" touch /second
    }

    AfterAll {
        Remove-TestProject $project
        foreach ($id in Invoke-Docker images -q --filter "reference=$image*" |
            Select-Object -Unique) { & docker image rm -f $id 2>&1 | Out-Null }
    }

    It 'makes an image of the first replica and returns it' {
        $saved = Save-ComposeContainer web $image @common
        $saved.Container | Should -Be "$($project.Name)-web-1"
        $saved.Image | Should -Be "${image}:latest"
        $saved.Result | Should -Be 'Committed'
        Invoke-Docker image inspect --format '{{.Id}}' $image | Should -Be $saved.Id
    }

    It 'takes another replica, author, message and changes' {
        $saved = Save-ComposeContainer -Service web -Image "${image}:second" -Index 2 -Author 'A. Uthor' -Message 'the second' -Change 'ENV A="b c"', 'CMD ["ls", "/second"]', 'LABEL kept=yes' -Path $project.Path
        $inspect = Invoke-Docker image inspect $saved.Id | ConvertFrom-Json
        $inspect.Author | Should -Be 'A. Uthor'
        $inspect.Comment | Should -Be 'the second'
        $inspect.Config.Env | Should -Contain 'A=b c'
        $inspect.Config.Labels.kept | Should -Be 'yes'
        Invoke-Docker run --rm "${image}:second" | Should -Be '/second'
    }

    It 'pauses the container meanwhile, unless -NoPause says not to' {
        $pauses = {
            @(Invoke-Docker events --since $since --until ([DateTimeOffset]::UtcNow.ToUnixTimeSeconds() + 1) --filter "container=$($project.Name)-web-1" --filter event=pause --format '{{.Action}}').Count
        }
        $since = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds() - 60
        $before = & $pauses
        $null = Save-ComposeContainer web "${image}:nopause" @common -NoPause
        & $pauses | Should -Be $before
        $null = Save-ComposeContainer web "${image}:pause" @common
        & $pauses | Should -Be ($before + 1)
    }

    It 'takes a stopped container, and an image without name' {
        $saved = Save-ComposeContainer done @common
        $saved.Image | Should -Be $saved.Id
        Invoke-Docker image rm $saved.Id
    }

    It 'takes what is piped' {
        $saved = @(Get-ComposeContainer @common -Service web | Save-ComposeContainer -Image "${image}:piped")
        $saved.Container | Should -Be @("$($project.Name)-web-1", "$($project.Name)-web-2")
    }

    It 'makes nothing under -WhatIf' {
        Save-ComposeContainer web "${image}:whatif" @common -WhatIf | Should -BeNullOrEmpty
        Invoke-Docker images -q "${image}:whatif" | Should -BeNullOrEmpty
    }

    It 'is one error: <Case>' -TestCases @(
        @{ Case = 'unknown service'; Service = 'nobody'; More = @{}; Id = 'ServiceNotFound' }
        @{ Case = 'index out of range'; Service = 'web'; More = @{ Index = 9 }; Id = 'ReplicaNotFound' }
        @{ Case = 'a bad name'; Service = 'web'; More = @{ Image = 'Not An Image' }; Id = 'InvalidImageName' }
        @{ Case = 'two tags'; Service = 'web'; More = @{ Image = 'team/app:1:2' }; Id = 'InvalidImageName' }
        @{ Case = 'a digest'; Service = 'web'; More = @{ Image = 'a@sha256:0000000000000000000000000000000000000000000000000000000000000000' }; Id = 'InvalidImageName' }
        @{ Case = 'a bad change'; Service = 'web'; More = @{ Change = 'RUN nothing' }; Id = 'Engine*' }
    ) {
        Save-ComposeContainer $Service @common @More -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
