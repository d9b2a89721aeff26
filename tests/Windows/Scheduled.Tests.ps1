BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot\Support.psm1"
    $doors = @(Get-Door | Select-Object -First 1)
}

Describe 'a project kept up without anybody there' -ForEach $doors {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot\Support.psm1", $env:COMPOSE_TEST_MODULE
        $sync = (Resolve-Path -LiteralPath "$PSScriptRoot\..\..\samples\scheduled\Sync-Project.ps1").ProviderPath
        $text = 'services: {web: {image: busybox, command: sleep 600, init: true, stop_grace_period: 0s}}'
        $folder = New-Folder -File @{ 'compose.yaml' = $text }
        $name = Split-Path -Path $folder -Leaf
        # In the root of a drive of its own, as a file in C:\ would be.
        $root = 'C:\compose.windows.yaml'
        Copy-Item -LiteralPath "$folder\compose.yaml" -Destination $root
    }

    AfterAll {
        Remove-Item -LiteralPath $root
        Remove-Folder -Folder $folder -Engine $Engine
    }

    It 'is brought up, and the transcript says so' {
        & $sync -Path "$folder\compose.yaml" -LogFolder "$folder\log" -EngineHost $Engine | Out-Null
        $LASTEXITCODE | Should -Be 0
        $log = (Get-ChildItem -LiteralPath "$folder\log" -Filter *.log)[0]
        Get-Content -LiteralPath $log.FullName -Raw | Should -Match 'Exit code 0\.'
        (Get-ComposeContainer -ProjectName $name -EngineHost $Engine).State | Should -Be Running
    }

    It 'may have its file in the root of a drive, and its logs in a folder with brackets' {
        & $sync -Path $root -LogFolder "$folder\log[1]" -EngineHost $Engine -ProjectName "" -WaitTimeout 60 | Out-Null
        $LASTEXITCODE | Should -BeIn 0, 1, 2
        (Get-ChildItem -LiteralPath "$folder\log[1]").Name | Should -Contain 'C-compose.windows.lock'
        (Get-ChildItem -LiteralPath "$folder\log[1]" -Filter *.log).Name |
            Should -Match '^C-compose\.windows-\d{8}-\d{6}-\d+\.log$'
    }

    It 'is refused with exit code 2 where its file is wrong' {
        Set-Content -LiteralPath "$folder\wrong.yaml" -Value 'services: {web: {imago: busybox}}'
        & $sync -Path "$folder\wrong.yaml" -LogFolder "$folder\log" -EngineHost $Engine *>&1 | Out-Null
        $LASTEXITCODE | Should -Be 2
    }
}
