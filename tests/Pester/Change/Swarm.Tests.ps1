# The cmdlets for stacks, on a swarm of the test's own.
BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Swarm.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noSwarm = $noEngine -or -not (Test-Swarm)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-Module -Name $PSScriptRoot/../Support/Swarm.psm1 -Force
    Import-TestedModule
}

Describe 'a stack' -Skip:$noSwarm {
    BeforeAll {
        $swarm = New-Swarm
        $on = @{ EngineHost = $swarm.EngineHost }
        $compose = @'
name: pesterstack
services:
  web:
    image: busybox
    command: sh -c 'echo hello from web; exec sleep 1000'
    init: true
    stop_grace_period: 1s
    configs: [site]
    volumes: [data:/data]
    deploy: { replicas: 1, update_config: { monitor: 500ms } }
configs: { site: { content: v1 } }
volumes: { data: {} }
'@
        $project = New-TestProject -Compose $compose
        function Set-Compose([string]$Old, [string]$New) { Set-Content -LiteralPath $project.Path -Value $compose.Replace($Old, $New) }
        $deploy = $on + @{ Path = $project.Path; ResolveImage = 'Never' }
    }

    AfterAll {
        Remove-Swarm $swarm
        Remove-Item -LiteralPath $project.Folder -Recurse
    }

    It 'is only shown with -WhatIf' {
        Invoke-ComposeDeploy @deploy -WhatIf | Should -BeNullOrEmpty
        Get-ComposeStack @on | Should -BeNullOrEmpty
    }

    It 'is deployed, and returns its services' {
        $service = Invoke-ComposeDeploy @deploy -WaitTimeout 60
        $service.Service | Should -Be web
        $service.Stack | Should -Be pesterstack
        $service.State | Should -Be Running
        (Get-ComposePlan -Deploy @deploy).IsEmpty | Should -BeTrue
        Invoke-ComposeDeploy -Stack pesterstack @deploy -Wait -Ordered -Prune -ResetScale -Force -RegistryCredential @{} | ForEach-Object Service | Should -Be web
    }

    It 'has tasks, a node, a log and services that go down the pipeline' {
        $task = Get-ComposeStack @on pester* | Get-ComposeTask
        $task.Task | Should -Be pesterstack_web.1
        $task.State | Should -Be Running
        $task.Container | Should -Be "pesterstack_web.1.$($task.Id)"
        $node = Get-ComposeNode @on
        $node.Leader | Should -BeTrue
        $task.NodeId | Should -Be $node.NodeId
        Get-ComposeNode @on -Node $node.NodeId | Should -Not -BeNullOrEmpty
        (Get-ComposeTask @on -Stack pesterstack -Node $node.Node -Service web -All -Task *.1).Id | Should -Be $task.Id
        (Get-ComposeTask @on -Stack pesterstack web.1).Id | Should -Be $task.Id
        (Get-ComposeService @on -Stack pesterstack -Service w*).Mode | Should -Be Replicated
        (Get-ComposeLog @on -Stack pesterstack -Tail 1).Message | Should -Be 'hello from web'
        (Get-ComposeStack @on | Get-ComposeLog).Container | Should -Be pesterstack_web.1
    }

    It 'fits a screen of 80 columns' {
        $lines = (Get-ComposeStack @on), (Get-ComposeTask @on -Stack pesterstack), (Get-ComposeNode @on), (Get-ComposeService @on -Stack pesterstack) |
            ForEach-Object { $_ | Format-Table | Out-String -Width 80 -Stream }
        $lines | Where-Object Length -GT 80 | Should -BeNullOrEmpty
        "$lines" | Should -Match 'pesterstack_web\.1 +\S+ +Running'
    }

    It 'is scaled, and keeps that until -ResetScale' {
        Set-ComposeScale @on -Stack pesterstack web 2 -WhatIf
        (Set-ComposeScale @on -Stack pesterstack web 2 -PassThru).Desired | Should -Be 2
        $plan = Get-ComposePlan -Deploy @deploy -WarningVariable warning -WarningAction SilentlyContinue
        $plan.IsEmpty | Should -BeTrue
        $warning | Should -Match 'was scaled to 2'
        (Get-ComposePlan -Deploy @deploy -ResetScale -Ordered -Prune).Actions.Changes.New | Should -Be 1
        (Get-ComposePlan -Deploy @deploy -Stack other).ProjectName | Should -Be other
        Get-ComposeService @on -Stack pesterstack | Set-ComposeScale -Scale @{ web = 1 }
    }

    It 'goes back to what it was before' {
        Set-Compose 'v1' 'v2'
        $null = Invoke-ComposeDeploy @deploy -Rollback -WarningAction SilentlyContinue
        Undo-ComposeDeploy @on pesterstack -Service web -Wait -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RollbackImpossible,*'
        Set-Compose 'hello' 'goodbye'
        $null = Invoke-ComposeDeploy @deploy -WaitTimeout 60
        (Undo-ComposeDeploy @on pesterstack -WaitTimeout 60 -PassThru -ErrorAction SilentlyContinue -ErrorVariable gone).Update | Should -BeIn RollbackCompleted, $null
    }

    It 'goes on in the swarm when its deployment is stopped while it waits' {
        # An update that is watched for ten minutes.
        $slow = $compose.Replace('hello', 'stopped').Replace('500ms', '10m')
        Set-Content -LiteralPath $project.Path -Value $slow
        $shell = [powershell]::Create()
        $null = $shell.AddCommand('Import-Module').AddArgument($env:COMPOSE_TEST_MODULE).Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddCommand('Invoke-ComposeDeploy').AddParameters($deploy).AddParameter('Wait')
        $run = $shell.BeginInvoke()
        try {
            foreach ($attempt in 1..150) {
                if ((Get-ComposeService @on -Stack pesterstack).Update -eq 'Updating' -or $run.IsCompleted) { break }
                Start-Sleep -Milliseconds 200
            }

            $run.IsCompleted | Should -BeFalse
        } finally {
            $shell.Stop()
            $shell.Dispose()
        }

        (Get-ComposeService @on -Stack pesterstack).Update | Should -Be Updating
    }

    It 'does not go with a task or a service that is piped' {
        Get-ComposeService @on -Stack pesterstack | Remove-ComposeStack -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotAComposeObject,*'
        Get-ComposeStack @on | Should -Not -BeNullOrEmpty
    }

    It 'is removed whole, with its volumes where that is said' {
        Get-ComposeStack @on | Remove-ComposeStack -Volume -Force
        Get-ComposeStack @on | Should -BeNullOrEmpty
        & docker --host $swarm.EngineHost volume ls --quiet --filter label=com.docker.stack.namespace=pesterstack | Should -BeNullOrEmpty
    }

    It 'that is not there is one error each' {
        $ErrorActionPreference = 'Stop'
        foreach ($line in { Get-ComposeTask @on -Stack none }, { Remove-ComposeStack @on none }, { Undo-ComposeDeploy @on none }, { Get-ComposeLog @on -Stack none }, { Get-ComposeService @on -Stack none }, { Get-ComposeStack @on none }, { Set-ComposeScale @on -Stack none web 1 }) {
            $found = try { & $line } catch { $_ }
            $found.FullyQualifiedErrorId | Should -BeLike 'StackNotFound,*' -Because "$line"
        }

        Get-ComposeNode @on none -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NodeNotFound,*'
    }
}

Describe 'an engine that is no swarm' -Skip:$noEngine {
    It 'is one error that says what to do: <_>' -ForEach 'Get-ComposeStack', 'Get-ComposeNode', 'Get-ComposeTask', 'Remove-ComposeStack', 'Undo-ComposeDeploy' {
        $with = if ($_ -in 'Get-ComposeStack', 'Get-ComposeNode') { @{} } else { @{ Stack = 'none' } }
        & $_ @with -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotASwarmManager,*'
        $problem[0].ErrorDetails.RecommendedAction | Should -Match 'docker swarm init'
    }
}
