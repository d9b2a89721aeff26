BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

# What Invoke-ComposeUp does, Get-ComposePlan shows.
Describe 'the options of Invoke-ComposeUp' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: { build: { dockerfile_inline: FROM busybox }, command: sleep 600, init: true, stop_grace_period: 0s, depends_on: [db] }
  db: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, volumes: [/anonymous] }
  deaf: { image: busybox, command: sh -c 'trap "" TERM; while :; do sleep 0.1; done', stop_grace_period: 60s }
  slow: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s, healthcheck: { test: "false", interval: 1s, retries: 1000 } }
  gone: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }
'@
        $null = Invoke-ComposeUp -Path $project.Path
        $at = @{ Path = $project.Path }
        $changed = Join-Path -Path $project.Folder -ChildPath changed.yaml
        Set-Content -Path $changed -Value "name: $($project.Name)`nservices: {db: {hostname: changed}, web: {hostname: changed}}"
        $both = @{ Path = $project.Path, $changed }

        function Get-Id([string]$Service) { (Get-ComposeContainer @at -Service $Service).Id }
    }

    AfterAll { Remove-TestProject $project }

    It 'builds with -Build, and never with -NoBuild' {
        (Get-ComposePlan @at -Build).Text | Should -Match 'BuildImage'
        (Get-ComposePlan @at).Text | Should -Not -Match 'BuildImage'
        $missing = New-TestProject "services:`n  web: { build: { dockerfile_inline: FROM busybox } }`n"
        (Get-ComposePlan -Path $missing.Path).Text | Should -Match 'BuildImage'
        Get-ComposePlan -Path $missing.Path -NoBuild -ErrorAction SilentlyContinue -ErrorVariable problem | ForEach-Object Text |
            Should -Not -Match 'BuildImage'
        Remove-TestProject $missing
        "$(Invoke-ComposeUp @at -Service web -Build -Verbose 4>&1)" | Should -Match 'BuildImage'
    }

    It 'pulls as -Pull says' {
        (Get-ComposePlan @at -Service db -Pull Always).Text | Should -Match 'PullImage image:busybox'
        (Get-ComposePlan @at -Service db -Pull Never -ForceRecreate).Text | Should -Not -Match 'PullImage'
        $absent = New-TestProject "services:`n  web: { image: 'localhost:1/nobody/has:this' }`n"
        Invoke-ComposeUp -Path $absent.Path -Pull Never -ErrorAction SilentlyContinue -ErrorVariable problem |
            Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ImageNotFound,*'
        Remove-TestProject $absent
    }

    It 'keeps what has changed with -NoRecreate' {
        $before = Get-Id db
        (Get-ComposePlan @both -Service db).Text | Should -Match 'Recreate service:db:1'
        (Get-ComposePlan @both -Service db -NoRecreate).IsEmpty | Should -BeTrue
        $null = Invoke-ComposeUp @both -Service db -NoRecreate
        Get-Id db | Should -Be $before
    }

    It 'leaves dependencies out with -NoDependency, and recreates them too with -AlwaysRecreateDependency' {
        (Get-ComposePlan @both -Service web).Text | Should -Match 'Recreate service:db:1'
        (Get-ComposePlan @both -Service web -NoDependency).Text | Should -Not -Match 'service:db'
        (Get-ComposePlan @at -Service web -ForceRecreate).Text | Should -Not -Match 'Recreate service:db'
        (Get-ComposePlan @at -Service web -ForceRecreate -AlwaysRecreateDependency).Text | Should -Match 'Recreate service:db'
        $before = Get-Id db
        $null = Invoke-ComposeUp @at -Service web -ForceRecreate -AlwaysRecreateDependency
        Get-Id db | Should -Not -Be $before
    }

    It 'gives new anonymous volumes with -RenewAnonymousVolume' {
        $volume = { ((Get-Inspected $project db-1).Mounts | Where-Object Destination -EQ /anonymous).Name }
        $before = & $volume
        (Get-ComposePlan @at -Service db -RenewAnonymousVolume).Text | Should -Match 'Recreate service:db:1'
        $null = Invoke-ComposeUp @at -Service db -ForceRecreate
        & $volume | Should -Be $before
        $null = Invoke-ComposeUp @at -Service db -RenewAnonymousVolume
        & $volume | Should -Not -Be $before
    }

    It 'removes orphans with -RemoveOrphan' {
        $less = Join-Path -Path $project.Folder -ChildPath less.yaml
        Set-Content -Path $less -Value ((Get-Content -Path $project.Path | Where-Object { $_ -notmatch '^  gone:' }) -join "`n")
        (Get-ComposePlan -Path $less -ProjectName $project.Name -WarningAction SilentlyContinue).Text |
            Should -Not -Match 'RemoveContainer'
        (Get-ComposePlan -Path $less -ProjectName $project.Name -RemoveOrphan).Text |
            Should -Match 'RemoveContainer service:gone:1'
        (Get-ComposePlan @at -Down -Image Local).Text | Should -Match "RemoveImage image:$($project.Name)-web"
        (Get-ComposePlan @at -Down).Text | Should -Not -Match 'RemoveImage'
    }

    It 'kills after -Timeout' {
        (Get-ComposePlan @at -Service deaf -ForceRecreate -Timeout 1).Actions.Where({ $_.GetType().Name -eq 'StopContainer' }).Timeout | Should -Be 1
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = Invoke-ComposeUp @at -Service deaf -ForceRecreate -Timeout 1
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 30
    }

    It 'gives up waiting after -WaitTimeout, with one error' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = Invoke-ComposeUp @at -Service slow -Wait -WaitTimeout 1 -ErrorAction SilentlyContinue -ErrorVariable problem
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
    }

    It 'says that no service is selected, and creates networks and volumes alone with -AllResource' {
        $none = New-TestProject @'
services:
  hidden: { image: busybox, profiles: [p] }
networks: { side: }
volumes: { data: }
'@
        $filter = "label=com.docker.compose.project=$($none.Name)"
        $all = { @(Invoke-Docker network ls -q --filter $filter).Count + @(Invoke-Docker volume ls -q --filter $filter).Count }
        try {
            Invoke-ComposeUp -Path $none.Path -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'NoServiceSelected,*'
            Invoke-ComposeUp -Path $none.Path -NoStart
            & $all | Should -Be 0
            Get-ComposePlan -Path $none.Path -AllResource | Invoke-ComposeUp
            & $all | Should -Be 3
            Invoke-ComposeUp -Path $none.Path -AllResource
            (Get-ComposePlan -Path $none.Path -AllResource).IsEmpty | Should -BeTrue
            $config = Get-ComposeConfig -Path $none.Path -AllResource
            $config.Networks.Keys | Sort-Object | Should -Be 'default', 'side'
            $config.Volumes.Keys | Should -Be 'data'
            (Get-ComposeConfig -Path $none.Path).Networks.Count | Should -Be 0
        } finally { Remove-TestProject $none }
    }

    It 'removes a network whose name changed once its containers have left it' {
        $renamed = New-TestProject -File @{ '.env' = 'NET=' } @'
services:
  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }
networks: { default: { name: "${NET}" } }
'@
        $networks = { Invoke-Docker network ls --format '{{.Name}}' --filter "label=com.docker.compose.project=$($renamed.Name)" }
        try {
            Set-Content -Path "$($renamed.Folder)/.env" -Value "NET=$($renamed.Name)-old"
            $null = Invoke-ComposeUp -Path $renamed.Path
            & $networks | Should -Be "$($renamed.Name)-old"
            Set-Content -Path "$($renamed.Folder)/.env" -Value "NET=$($renamed.Name)-new"
            (Invoke-ComposeUp -Path $renamed.Path).State | Should -Be 'Running'
            & $networks | Should -Be "$($renamed.Name)-new"
            (Get-ComposePlan -Path $renamed.Path).IsEmpty | Should -BeTrue
            $null = Invoke-Docker run -d --name "$($renamed.Name)stranger" --network "$($renamed.Name)-new" busybox sleep 600
            Set-Content -Path "$($renamed.Folder)/.env" -Value "NET=$($renamed.Name)-third"
            $container = Invoke-ComposeUp -Path $renamed.Path -WarningVariable warning -WarningAction SilentlyContinue
            $container.State | Should -Be 'Running'
            "$warning" | Should -BeLike "*-new stays: still on it: $($renamed.Name)stranger.*"
        }
        finally {
            $null = Invoke-Docker rm -f "$($renamed.Name)stranger"
            $null = Invoke-ComposeUp -Path $renamed.Path -WarningAction SilentlyContinue
            Remove-TestProject $renamed
        }
    }

    It 'writes a new project for the release -ComposeVersion says' {
        $new = New-TestProject "services:`n  web: { image: busybox, command: sleep 600, init: true, stop_grace_period: 0s }`n"
        (Get-ComposePlan -Path $new.Path -ComposeVersion 2.26.1).Text | Should -Match 'Create service:web:1'
        $null = Invoke-ComposeUp -Path $new.Path -ComposeVersion 2.26.1
        Invoke-Docker inspect -f '{{index .Config.Labels "com.docker.compose.version"}}' "$($new.Name)-web-1" |
            Should -Be '2.26.1'
        Remove-TestProject $new
    }
}
