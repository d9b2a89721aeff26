BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    $skip = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-TestedModule
    $sleeper = "image: busybox`n    command: sleep 600`n    init: true`n    stop_grace_period: 0s`n"
}

Describe 'Get-ComposePlan' -Skip:$skip {
    BeforeEach {
        $project = New-TestProject "services:`n  web:`n    $sleeper"
    }

    AfterEach {
        Remove-TestProject $project
    }

    It 'is carried out as it was looked at, saved and read back or not' {
        $file = Join-Path -Path $project.Folder -ChildPath plan.xml
        Get-ComposePlan -Path $project.Path -ProjectName $project.Name -Scale @{ web = 2 } | Export-Clixml -Path $file

        $containers = Invoke-ComposeUp -Plan (Import-Clixml -Path $file)
        $containers.Container | Should -Be @("$($project.Name)-web-1", "$($project.Name)-web-2")

        $plan = Get-ComposePlan -Path $project.Path -ProjectName $project.Name
        $plan.Text | Should -Match 'Remove service:web:2: 1 wanted'
        (Invoke-ComposeUp -Plan $plan).Container | Should -Be "$($project.Name)-web-1"
    }

    It 'is refused when what it saw has changed' {
        $plan = Get-ComposePlan -Path $project.Path -ProjectName $project.Name
        $null = Invoke-ComposeUp -Plan $plan
        $null = Invoke-ComposeUp -Plan $plan -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PlanChanged,*'
        $problem[0].Exception.Message | Should -Match 'the project on the engine changed'
        $problem[0].TargetObject.IsEmpty | Should -BeTrue
    }

    It 'is refused when its files have changed, even where the steps are the same' {
        $plan = Get-ComposePlan -Path $project.Path -ProjectName $project.Name
        (Get-Content -Path $project.Path -Raw) -replace '600', '700' | Set-Content -Path $project.Path
        $null = Invoke-ComposeUp -Plan $plan -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PlanChanged,*'
        $problem[0].Exception.Message | Should -Match ([regex]::Escape($project.Path))
        Get-ComposeContainer -ProjectName $project.Name -All | Should -BeNullOrEmpty
    }

    It 'must be a plan' {
        $null = Invoke-ComposeUp -Plan 'up' -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotAComposePlan,*'
    }
}
