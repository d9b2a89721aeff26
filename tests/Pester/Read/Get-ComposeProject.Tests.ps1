BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeProject' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, scale: 2 }
  db: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }
'@
        $null = Invoke-ComposeUp -Path $project.Path
    }

    AfterAll { Remove-TestProject $project }

    It 'tells of a project by name and by pattern, whatever the case' {
        foreach ($name in $project.Name, "$($project.Name.ToUpperInvariant())*") {
            $found = Get-ComposeProject -ProjectName $name
            $found | Should -HaveCount 1
            $found.ProjectName | Should -Be $project.Name
            $found.Running | Should -Be 3
            $found.ConfigFiles | Should -Be $project.Path
        }
    }

    It 'is what other cmdlets take' {
        (Get-ComposeProject $project.Name | Get-ComposeService).Service | Should -Be @('db', 'web')
        ([pscustomobject]@{ ProjectName = $project.Name } | Get-ComposeProject).ProjectName | Should -Be $project.Name
    }

    It 'leaves out what does not run, save with -All or where it is named in full' {
        $null = Stop-ComposeService -ProjectName $project.Name
        try {
            Get-ComposeProject -ProjectName "$($project.Name)*" | Should -BeNullOrEmpty
            (Get-ComposeProject -ProjectName $project.Name -All).Running | Should -Be 0
            (Get-ComposeProject $project.Name).State | Should -Be Stopped
            Get-ComposeProject $project.Name | Start-ComposeService
            (Get-ComposeProject $project.Name).Running | Should -Be 3
        } finally {
            $null = Start-ComposeService -ProjectName $project.Name
        }
    }
}
