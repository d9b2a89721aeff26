BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noUnix = -not ($IsLinux -or $IsMacOS)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Export-ComposeContainer' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject "services:`n  web: {image: busybox, command: sleep 600, init: true, scale: 2}`n  done: {image: busybox, command: 'true'}`n"
        $null = Invoke-ComposeUp -Path $project.Path
        $common = @{ ProjectName = $project.Name }
        Invoke-Docker exec "$($project.Name)-web-2" touch /second
    }

    AfterAll { Remove-TestProject $project }
    BeforeEach { Push-Location -Path $project.Folder }
    AfterEach { Pop-Location }

    It 'writes the file system of the first replica, and says nothing' {
        Export-ComposeContainer web ./first.tar @common | Should -BeNullOrEmpty
        & tar -tf ./first.tar | Should -Contain 'bin/busybox'
        & tar -tf ./first.tar | Should -Not -Contain 'second'
    }

    It 'keeps the file to its owner' -Skip:$noUnix { (Get-Item ./first.tar).UnixMode | Should -Be '-rw-------' }

    It 'takes another replica, and returns the file with -PassThru' {
        $file = Export-ComposeContainer web -OutFile ./second.tar -Index 2 -Path $project.Path -PassThru
        $file | Should -BeOfType [IO.FileInfo]
        $file.FullName | Should -Be "$($project.Folder)/second.tar"
        & tar -tf $file | Should -Contain 'second'
    }

    It 'writes one file for each piped container into a directory, stopped ones too' {
        $null = New-Item -ItemType Directory -Path ./backup
        Get-ComposeContainer @common -All | Export-ComposeContainer -OutFile ./backup
        (Get-ChildItem ./backup).Name | Sort-Object |
            Should -Be @("$($project.Name)-done-1.tar", "$($project.Name)-web-1.tar", "$($project.Name)-web-2.tar")
    }

    It 'refuses to overwrite without -Force' {
        Set-Content ./kept.tar -Value 'kept'
        Export-ComposeContainer web ./kept.tar @common -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ExportFileExists,*'
        Get-Content ./kept.tar | Should -Be 'kept'
        Export-ComposeContainer web ./kept.tar @common -Force
        & tar -tf ./kept.tar | Should -Contain 'bin/busybox'
    }

    It 'writes nothing under -WhatIf' {
        Export-ComposeContainer web ./whatif.tar @common -WhatIf
        './whatif.tar' | Should -Not -Exist
    }

    It 'is one error: <Case>' -TestCases @(
        @{ Case = 'unknown service'; Service = 'nobody'; OutFile = './x.tar'; More = @{}; Id = 'ServiceNotFound' }
        @{ Case = 'index out of range'; Service = 'web'; OutFile = './x.tar'; More = @{ Index = 9 }; Id = 'ReplicaNotFound' }
        @{ Case = 'no directory'; Service = 'web'; OutFile = './nowhere/x.tar'; More = @{}; Id = 'CopyDestinationNotFound' }
        @{ Case = 'a directory that is not there'; Service = 'web'; OutFile = './nowhere/'; More = @{};
            Id = 'CopyDestinationNotFound' }
        @{ Case = 'a device'; Service = 'web'; OutFile = '/dev/null'; More = @{ Force = $true }; Id = 'CopyDestinationSpecial' }
    ) {
        Export-ComposeContainer $Service $OutFile @common @More -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        './x.tar' | Should -Not -Exist
    }

    It 'leaves nothing of a file when the pipeline stops, and the old one as it was' {
        Invoke-Docker exec "$($project.Name)-web-1" dd if=/dev/zero of=/large bs=1M count=300
        Set-Content ./stopped.tar -Value 'old'
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; Export-ComposeContainer web '$($project.Folder)/stopped.tar' -ProjectName $($project.Name) -Force")
        $null = $shell.BeginInvoke()
        while (-not (Get-ChildItem -Filter *.partial -Force)) { Start-Sleep -Milliseconds 5 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.ElapsedMilliseconds | Should -BeLessThan (Get-TimeLimit 1000)
        $shell.Dispose()
        foreach ($attempt in 1..20) { if (Get-ChildItem -Filter *.partial -Force) { Start-Sleep -Milliseconds 100 } }
        Get-ChildItem -Filter *.partial -Force | Should -BeNullOrEmpty
        Get-Content ./stopped.tar | Should -Be 'old'
    }
}
