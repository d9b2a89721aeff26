BeforeDiscovery {
    $noCore = $PSVersionTable.PSEdition -ne 'Core'
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule

    # A window's title, a bell, an erased screen, a C1 character and a change of direction, as YAML writes them.
    $mark = '\e]0;x\a\e[2J\x9b\u202e'
    $raw = [regex]'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]'

    # What a shell shows has its own colours in it.
    function Get-Shown($Object) { ($Object | Out-String -Width 500) -replace '\x1b\[[0-9;]*m' }

    function New-Marked([string]$Compose) { New-TestProject ($Compose -replace 'MARK', $mark) }
}

Describe 'control characters of a file' {
    AfterEach { if ($project) { Remove-Item -LiteralPath $project.Folder -Recurse -Force } }

    It 'are escaped in an error, its line and its category' -ForEach @(
        @{ Compose = 'services: {web: {image: busybox, "MARK": 1}}' }
        @{ Compose = 'services: {web: {image: busybox, networks: ["MARK"]}}' }
        @{ Compose = 'services: {web: {image: busybox, env_file: "MARK"}}' }
        @{ Compose = 'services: {web: {image: busybox, cpus: "MARK"}}' }
    ) {
        $project = New-Marked $Compose
        $null = Get-ComposeConfig -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem = $problem[0]
        foreach ($view in 'NormalView', 'ConciseView', 'CategoryView') {
            $ErrorView = if ($view -eq 'ConciseView' -and $PSVersionTable.PSEdition -ne 'Core') { 'NormalView' } else { $view }
            Get-Shown $problem | Should -Not -Match $raw -Because $view
        }

        "$problem $($problem.ErrorDetails.RecommendedAction) $($problem.CategoryInfo) $($problem.Exception.Message) $($problem.TargetObject.LineText)" | Should -Not -Match $raw
        if ($Compose -notmatch 'cpus') { "$problem" | Should -Match ([regex]::Escape('\u001b]0;x\u0007')) }
    }

    It 'leave the marks of the concise view under the text they are about' -Skip:$noCore {
        $project = New-TestProject "services: {web: {image: `"a$([char]0x202e)`", port: 1}}"
        $null = Get-ComposeConfig -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem = $problem[0]
        $target = $problem.TargetObject
        $target.LineText.Substring($target.StartColumn - 1, $target.EndColumn - $target.StartColumn) | Should -BeExactly 'port'
    }

    It 'are escaped in a warning' {
        $project = New-Marked 'services: {web: {image: busybox, volumes: [{type: bind, source: /a, target: "/MARK", volume: {nocopy: true}}]}}'
        $warning = Get-ComposeConfig -Path $project.Path 3>&1 | Where-Object { $_ -is [Management.Automation.WarningRecord] }
        $warning.Message | Should -Match ([regex]::Escape('\u001b]0;x\u0007'))
        $warning.Message | Should -Not -Match $raw
    }

    It 'are escaped in a project as it is shown, and stay in its object' {
        $project = New-Marked 'services: {web: {image: "busyboxMARK", command: ["MARK"], labels: {"MARK": "MARK"}, volumes: ["v:/MARK"]}}
volumes: {v: {name: "MARK", labels: {"MARK": "MARK"}}}'
        $config = Get-ComposeConfig -Path $project.Path
        foreach ($object in $config, $config.Services['web'], $config.Volumes['v']) {
            foreach ($shown in ($object | Format-Table), ($object | Format-List), ($object | Format-Wide)) { Get-Shown $shown |
                Should -Not -Match $raw }
        }

        $config.Services['web'].Image | Should -BeExactly "busybox$([char]27)]0;x$([char]7)$([char]27)[2J$([char]0x9b)$([char]0x202e)"
    }

    It 'are escaped in a plan, what is said of it, and what would be asked' -Skip:$noEngine {
        $project = New-Marked 'services: {web: {image: "busyboxMARK", pull_policy: always}}'
        $plan = Get-ComposePlan -Path $project.Path
        Get-Shown $plan | Should -Not -Match $raw
        $plan.Text | Should -Not -Match $raw
        $verbose = Invoke-ComposeUp -Path $project.Path -Verbose -ErrorAction SilentlyContinue 4>&1
        $verbose.Message -join "`n" | Should -Match ([regex]::Escape('\u001b]0;x\u0007'))
        $verbose.Message -join "`n" | Should -Not -Match $raw
        $said = Invoke-SharedShell "Invoke-ComposeUp -Path '$($project.Path)' -WhatIf" | Out-String
        $said | Should -Match ([regex]::Escape('\u001b]0;x\u0007'))
        $said -replace '\x1b\[[0-9;?]*[a-z]' | Should -Not -Match $raw
    }

    It 'are escaped in what an engine answers' -Skip:$noEngine {
        $project = New-Marked 'services: {web: {image: "busyboxMARK", pull_policy: never}}'
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem = $problem[0]
        Get-Shown $problem | Should -Not -Match $raw
        "$problem $($problem.CategoryInfo)" | Should -Not -Match $raw
    }

    It 'of a program are left out of the view of its log, but for colours' -Skip:$noEngine {
        $project = New-TestProject "services: {web: {image: busybox, command: [printf, '\033]0;x\007\033[31mred\033[2J\033[0m\n']}}"
        try {
            $null = Invoke-ComposeUp -Path $project.Path
            $null = Wait-ComposeService -Path $project.Path -For Exited -Timeout 20
            $entry = Get-ComposeLog -Path $project.Path | Select-Object -First 1
            $entry.Message | Should -Match "\x1b\]0;x\x07"
            foreach ($shown in ($entry | Format-Table | Out-String), ($entry | Format-List | Out-String)) {
                $shown | Should -Match 'red'
                $shown -replace '\x1b\[[0-9;]*m' | Should -Not -Match $raw
            }
        } finally {
            Remove-ComposeProject -Path $project.Path -Timeout 1
        }
    }
}
