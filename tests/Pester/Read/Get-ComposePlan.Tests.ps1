BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
    $sleeper = "image: busybox`n    command: sleep 600`n    init: true`n    stop_grace_period: 0s`n"
}

Describe 'Get-ComposePlan' -Skip:$noEngine {
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

    It 'keeps parameters of every type, and forgets them with the next plan' {
        $file = Join-Path -Path $project.Folder -ChildPath plan.xml
        $settings = @{
            Path = $project.Path; ProjectName = $project.Name; Service = 'web'; Profile = '*'; Scale = @{ web = 2 };
                NoBuild = $true
            Pull = 'Never'; ForceRecreate = $true; RenewAnonymousVolume = $true; NoDependency = $true; RemoveOrphan = $true
            AllResource = $true; ComposeVersion = '2.40.3'; Timeout = 1
        }
        $null = Invoke-ComposeUp -Path $project.Path -ProjectName $project.Name
        Get-ComposePlan @settings | Export-Clixml -Path $file
        $plain = Get-ComposePlan -Path $project.Path -ProjectName $project.Name

        (Import-Clixml -Path $file | Invoke-ComposeUp).Container |
            Should -Be @("$($project.Name)-web-1", "$($project.Name)-web-2")
        $plans = (Get-ComposePlan @settings), $plain
        $null = $plans | Invoke-ComposeUp -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.Count | Should -Be 1
        $problem[0].TargetObject.Text | Should -Match 'Remove service:web:2: 1 wanted' -Because 'nothing of the first plan is left'
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
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'is refused when a variable or an environment file makes something else of its files' {
        Set-Content -Path $project.Path -Value "services:`n  web:`n    $sleeper    env_file: [web.env]`n    labels: { word: '`${PESTER_PLAN_WORD:-none}' }`n"
        $settings = Join-Path -Path $project.Folder -ChildPath web.env
        'A=1' | Set-Content -Path $settings
        $file = Join-Path -Path $project.Folder -ChildPath plan.xml
        Get-ComposePlan -Path $project.Path -ProjectName $project.Name | Export-Clixml -Path $file
        'A=2' | Set-Content -Path $settings
        $null = Invoke-ComposeUp -Plan (Import-Clixml -Path $file) -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PlanChanged,*'
        $problem[0].Exception.Message | Should -Match 'about: service:web\.'

        'A=1' | Set-Content -Path $settings
        $env:PESTER_PLAN_WORD = 'another'
        try {
            $null = Invoke-ComposeUp -Plan (Import-Clixml -Path $file) -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'PlanChanged,*'
        }
        finally {
            Remove-Item -Path Env:PESTER_PLAN_WORD
        }

        (Invoke-ComposeUp -Plan (Import-Clixml -Path $file)).Container | Should -Be "$($project.Name)-web-1"
    }

    It 'shows what removal would do, and changes nothing' {
        $null = Invoke-ComposeUp -Path $project.Path -ProjectName $project.Name
        $plan = Get-ComposePlan -Path $project.Path -ProjectName $project.Name -Down -Volume
        $plan.Text | Should -Match 'Remove service:web:1: asked for \(DataLoss\)'
        $plan.Text | Should -Match 'RemoveNetwork network:default'
        (Get-ComposePlan -ProjectName $project.Name -Down web).Text | Should -Not -Match 'RemoveNetwork'
        (Get-ComposeContainer -ProjectName $project.Name).State | Should -Be 'Running'
        Get-ComposePlan -ProjectName $project.Name -Down nope -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ServiceNotFound,*'
    }

    It 'shows what scaling would do, by files and by labels' {
        $null = Invoke-ComposeUp -Path $project.Path -ProjectName $project.Name
        (Get-ComposePlan web -Path $project.Path -ProjectName $project.Name -Replicas 2).Text |
            Should -Match 'CreateContainer service:web:2'
        (Get-ComposePlan web -ProjectName $project.Name -Replicas 3 -WarningAction SilentlyContinue).Actions.Action |
            Should -Be @('CreateContainer', 'StartContainer', 'CreateContainer', 'StartContainer')
        (Get-ComposePlan web -ProjectName $project.Name -Replicas 0).Text | Should -Match 'Remove service:web:1: 0 wanted'
        @(Get-ComposeContainer -ProjectName $project.Name -All).Count | Should -Be 1
    }

    It 'carries out only plans of up' {
        $plan = Get-ComposePlan -Path $project.Path -ProjectName $project.Name -Down
        $null = Invoke-ComposeUp -Plan $plan -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotAComposePlan,*'
        $problem[0].Exception.Message | Should -Match 'Get-ComposePlan -Down or -Replicas'
        Get-ComposePlan -Path $project.Path web -Replicas 2 |
            Invoke-ComposeUp -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotAComposePlan,*'
    }

    It 'must be a plan, and never none' {
        foreach ($nothing in 'up', $null) {
            $null = Invoke-ComposeUp -Path $project.Path -Plan $nothing -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotAComposePlan,*'
        }

        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'is carried out when it is piped' {
        (Get-ComposePlan -Path $project.Path -Scale @{ web = 2 } | Invoke-ComposeUp).Container |
            Should -Be @("$($project.Name)-web-1", "$($project.Name)-web-2")
        $other = "$($project.Name)o"
        $plans = (Get-ComposePlan -Path $project.Path -ForceRecreate), (Get-ComposePlan -Path $project.Path -ProjectName $other)
        ($plans | Invoke-ComposeUp).Container | Should -Be @("$($project.Name)-web-1", "$other-web-1")
        Remove-ComposeProject -ProjectName $other -Timeout 0
    }

    It 'cannot be bent by parameters it was made with' {
        $plan = Get-ComposePlan -Path $project.Path
        $null = Invoke-ComposeUp web -Plan $plan -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ConflictingParameters,*'
        $problem[0].Exception.Message | Should -Match '-Service'
        Get-ComposeContainer -ProjectName $project.Name -All -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}
