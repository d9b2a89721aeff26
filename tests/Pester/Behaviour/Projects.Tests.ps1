# Projects by name: one error for one that is not there, wildcards where several make sense, and a refusal where they do not.
BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
    $noEngine = -not (Test-Engine)
    $named = (Get-Module -Name Compose).ExportedCmdlets.Values.Where({ $_.Parameters.ContainsKey('ProjectName') })
    $several = $named.Where({ $_.Parameters.ProjectName.Attributes.TypeId.Name -contains 'SupportsWildcardsAttribute' }).Name
    $one = $named.Name.Where({ $_ -notin $several })
    # These make a project of files, and the name is its name.
    $making = 'Invoke-ComposeUp', 'Invoke-ComposeBuild', 'Invoke-ComposePull', 'Invoke-ComposePush', 'Invoke-ComposeRun',
        'Watch-ComposeProject',
        'Get-ComposeConfig', 'Get-ComposeGraph', 'Test-ComposeFile'
    # The engine here is no swarm; Swarm.Tests.ps1 has the same for stacks.
    $ofStacks = 'Get-ComposeTask', 'Invoke-ComposeDeploy', 'Remove-ComposeStack', 'Undo-ComposeDeploy'
    # A session needs a terminal before it needs a container.
    $absent = $named.Name.Where({ $_ -notin $making -and $_ -notin $ofStacks -and $_ -ne 'Enter-ComposeService' })
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule

    # The least a cmdlet needs besides the project.
    function Get-Need([string]$Name) {
        switch ($Name) {
            'Invoke-ComposeExec' { @{ Service = 'web'; Command = 'true' } }
            'Invoke-ComposeRun' { @{ Service = 'web'; Command = 'true' } }
            'Copy-ComposeItem' { @{ Source = 'web:/etc/hostname'; Destination = "$TestDrive/hostname" } }
            'Export-ComposeContainer' { @{ Service = 'web'; OutFile = "$TestDrive/web.tar" } }
            'Get-ComposePlan' { @{ Down = $true } }
            'Set-ComposeScale' { @{ Service = 'web'; Replicas = 2 } }
            { $_ -in 'Connect-ComposeService', 'Enter-ComposeService', 'Save-ComposeContainer' } { @{ Service = 'web' } }
            default { @{} }
        }
    }
}

Describe 'a project that is not there' -Skip:$noEngine {
    It 'is the same error in <_>' -ForEach $absent {
        $need = Get-Need $_
        Push-Location -LiteralPath $TestDrive
        try {
            $null = & $_ -ProjectName nobody-has-this @need -ErrorVariable problem -ErrorAction SilentlyContinue -WarningVariable warning -WarningAction SilentlyContinue
        } finally { Pop-Location }
        $problem = @($problem).Where({ $_ -is [Management.Automation.ErrorRecord] })
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
        "$($problem[0])" | Should -Be "The engine at $((Get-ComposeVersion).EngineHost) has no project 'nobody-has-this'."
        $problem[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem[0].TargetObject | Should -Be 'nobody-has-this'
        $problem[0].ErrorDetails.RecommendedAction | Should -Match 'Get-ComposeProject'
        $warning | Should -BeNullOrEmpty
    }

    It 'is nothing where only a wildcard names it, in <_>' -ForEach $several {
        $need = Get-Need $_
        & $_ -ProjectName 'nobody-has-*' @need -ErrorVariable problem | Should -BeNullOrEmpty
        $problem | Should -BeNullOrEmpty
    }
}

Describe 'a wildcard or a list of projects' {
    It 'is refused where one project is meant: <_>' -ForEach $one {
        $need = Get-Need $_
        { & $_ -ProjectName 'nobody-*' @need } | Should -Throw -ErrorId 'SeveralProjects,*' -ExpectedMessage "$_ works on one project*'nobody-``*'*"
        if ((Get-Command -Name $_).Parameters.ProjectName.ParameterType -eq [string[]]) {
            { & $_ -ProjectName a, b @need } | Should -Throw -ErrorId 'SeveralProjects,*'
        }
    }

    It 'is refused where files say which project is meant' {
        { Stop-ComposeService -Path "$TestDrive/none.yaml" -ProjectName 'a*' } | Should -Throw -ErrorId 'SeveralProjects,*'
    }
}

Describe 'several projects' -Skip:$noEngine {
    BeforeAll {
        $text = "services:`n  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, volumes: ['data:/d'] }`nvolumes: { data: }`n"
        $first = New-TestProject $text
        $stem = $first.Name
        $file = $first.Path
        foreach ($name in "$stem-a", "$stem-b") { $null = Invoke-ComposeUp -Path $file -ProjectName $name }
        $both = "$stem-[ab]"
    }

    AfterAll {
        "$stem-a", "$stem-b" | ForEach-Object { Remove-ComposeProject $_ -Volume -Force -ErrorAction Ignore -WarningAction Ignore }
        Remove-TestProject $first
    }

    It 'are read with one wildcard, whatever the case' {
        (Get-ComposeContainer -ProjectName $both).ProjectName | Should -Be "$stem-a", "$stem-b"
        (Get-ComposeVolume data -ProjectName $both.ToUpperInvariant()).ProjectName | Should -Be "$stem-a", "$stem-b"
        (Get-ComposeService -ProjectName "$stem-a", $both).ProjectName | Should -Be "$stem-a", "$stem-b"
    }

    It 'are stopped and started together, and waited for' {
        Stop-ComposeService -ProjectName $both
        (Get-ComposeContainer -ProjectName $both -All).State | Select-Object -Unique | Should -Be Exited
        Start-ComposeService -ProjectName "$stem-a", "$stem-b"
        (Wait-ComposeService -ProjectName $both -For Running -Timeout 30).ProjectName | Should -Be "$stem-a", "$stem-b"
    }

    It 'are not removed under -WhatIf, and are asked about one by one with -Confirm' {
        Remove-ComposeProject $both -Volume -WhatIf
        { $null = Invoke-SharedShell "Remove-ComposeProject '$both' -Confirm" } | Should -Not -Throw
        (Get-ComposeContainer -ProjectName $both).ProjectName | Should -Be "$stem-a", "$stem-b"
    }

    It 'are removed by name where the folder is of another project, whose service of that name stays' {
        $null = Invoke-ComposeUp -Path $file
        Push-Location -LiteralPath $first.Folder
        try {
            Remove-ComposeProject web -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'ProjectNotFound,*'
            $problem[0].ErrorDetails.RecommendedAction | Should -Match 'Remove-ComposeProject -Service'
            (Get-ComposeContainer).State | Should -Be Running
            Remove-ComposeProject "$stem-a", nobody-has-this -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem | Should -HaveCount 1
        } finally { Pop-Location }
        (Get-ComposeContainer -ProjectName "$stem*").ProjectName | Should -Be $stem, "$stem-b"
    }

    It 'are found by a wildcard while only their volumes are left, and all volumes are asked about at once' {
        Remove-ComposeProject "$stem-b"
        $said = Invoke-SharedShell "Remove-ComposeProject '$both' -Volume" | Out-String
        [regex]::Matches($said, 'Remove volume').Count | Should -Be 2
        [regex]::Matches($said, 'data is kept').Count | Should -Be 1
        Remove-ComposeProject $both -Volume -Force
        Invoke-Docker volume ls -q --filter "name=$stem-" | Should -BeNullOrEmpty
    }
}
