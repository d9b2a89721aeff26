BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

# Services by name: every cmdlet that takes several takes wildcards, and takes them alike.
Describe 'the services a cmdlet takes' -Skip:$noEngine {
    BeforeDiscovery {
        $several = (Get-Module -Name Compose).ExportedCmdlets.Values.Where({ $_.Parameters.ContainsKey('Service') -and
            $_.Parameters.Service.ParameterType -eq [string[]] -and
            $_.Name -notin 'ConvertTo-ComposeFile', 'Get-ComposeTask', 'Undo-ComposeDeploy' })
        $rows = foreach ($cmdlet in $several) {
            # What works on images names those, and up is shown by its plan.
            @{ Name = $cmdlet.Name; Names = $cmdlet.Name -notmatch '^Invoke|^Watch' }
        }
    }

    BeforeAll {
        $project = New-TestProject @'
services:
  web1: { image: busybox, command: sh -c 'echo line; exec sleep 600', init: true, stop_grace_period: 0s, ports: ["127.0.0.1::80"], volumes: ["v1:/v"], networks: [n1], develop: { watch: [{ path: ., action: restart }] } }
  web2: { image: busybox, command: sh -c 'echo line; exec sleep 600', init: true, stop_grace_period: 0s, ports: ["127.0.0.1::80"], volumes: ["v1:/v"], networks: [n1], develop: { watch: [{ path: ., action: restart }] } }
  db: { image: busybox, command: sh -c 'echo line; exec sleep 600', init: true, stop_grace_period: 0s, ports: ["127.0.0.1::80"], volumes: ["v2:/v"], networks: [n2] }
volumes: { v1: , v2: }
networks: { n1: , n2: }
'@
        $null = Invoke-ComposeUp -Path $project.Path
        foreach ($attempt in 1..50) {
            if (@(Get-ComposeLog -Path $project.Path).Count -eq 3) { break }
            Start-Sleep -Milliseconds 100
        }

        $need = @{
            'Get-ComposePlan'        = @{ ForceRecreate = $true }
            'Set-ComposeScale'       = @{ Replicas = 2; WhatIf = $true }
            'Wait-ComposeService'    = @{ For = 'Running' }
            'Remove-ComposeService'  = @{ Stop = $true; WhatIf = $true }
            'Watch-ComposeProject'   = @{ NoUp = $true; WhatIf = $true }
        }

        # All that a cmdlet says about some services: objects as they are shown, plans, and what it would do.
        function Get-Said([string]$Cmdlet, $Service) {
            $more = if ($need.ContainsKey($Cmdlet)) { $need[$Cmdlet] } elseif ((Get-Command -Name $Cmdlet).Parameters.ContainsKey('WhatIf')) { @{ WhatIf = $true } } else { @{} }
            $said = & $Cmdlet -Path $project.Path -Service $Service @more -Verbose -ErrorAction SilentlyContinue -ErrorVariable script:told -WarningAction SilentlyContinue 4>&1 | ForEach-Object {
                if ($_ -is [Compose.Plan.ComposePlan]) { $_.Text } elseif ($_ -is [Compose.Model.ComposeProject]) { $_.Services.Keys } elseif ($_ -is [Management.Automation.VerboseRecord] -or $_ -is [string]) { "$_" } else { "$($_.Service) $($_.Services)" }
            }
            "$said"
        }
    }

    AfterAll { Remove-TestProject $project }

    It 'are in <Name> those a pattern matches, and none where it matches none' -ForEach $rows {
        (Get-Command -Name $Name).Parameters.Service.Attributes.TypeId.Name | Should -Contain 'SupportsWildcardsAttribute'
        switch ($Name) {
            'Resume-ComposeService' { Suspend-ComposeService -Path $project.Path }
            'Start-ComposeService' { Stop-ComposeService -Path $project.Path; $null = Wait-State -Project $project -State Exited }
        }

        $said = Get-Said $Name 'W?b[1-2]*'
        $script:told | Should -BeNullOrEmpty
        if ($Names) {
            $said | Should -Match 'web1'
            $said | Should -Match 'web2'
            $said | Should -Not -Match '\bdb\b'
        }

        $said = Get-Said $Name 'none*'
        $said | Should -Not -Match 'web|db'
        # A wait for nothing would pass for one that is over.
        $script:told.Count | Should -Be $(if ($Name -eq 'Wait-ComposeService') { 1 } else { 0 })
        switch ($Name) {
            'Resume-ComposeService' { Resume-ComposeService -Path $project.Path }
            'Start-ComposeService' { Start-ComposeService -Path $project.Path }
        }
    }

    It 'are in <Name> never all where none is given' -ForEach $rows {
        { & $Name -ProjectName $project.Name -Service @() } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        { & $Name -ProjectName $project.Name -Service $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'are those that use a volume or network that is piped: <Name>' -ForEach @(
        @{ Name = 'Stop-ComposeService' }
        @{ Name = 'Restart-ComposeService' }
        @{ Name = 'Suspend-ComposeService' }
    ) {
        foreach ($piped in (Get-ComposeVolume -Path $project.Path -Volume v2),
            (Get-ComposeNetwork -Path $project.Path -Network n2)) {
            $said = "$($piped | & $Name -WhatIf -Verbose 4>&1)"
            $said | Should -Match 'db'
            $said | Should -Not -Match 'web'
        }

        [pscustomobject]@{ ProjectName = $project.Name; Volume = 'unused'; Services = @() } | & $Name -WhatIf -Verbose 4>&1 |
            Should -BeNullOrEmpty
    }
}
