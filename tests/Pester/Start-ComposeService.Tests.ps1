BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Start-ComposeService' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  slow:
    image: busybox
    command: sh -c 'rm -f /tmp/ok; sleep 1; touch /tmp/ok; sleep 600'
    init: true
    healthcheck: { test: [CMD, test, -f, /tmp/ok], interval: 200ms, retries: 30 }
  quits: { image: busybox, command: sh -c 'sleep 0.5; exit 3' }
'@
        $null = Invoke-ComposeUp -Path $project.Path -NoStart
    }

    AfterEach { Stop-ComposeService -ProjectName $project.Name -Timeout 1 }
    AfterAll { Remove-TestProject $project }

    It 'waits for health with -Wait' {
        (Start-ComposeService -Path $project.Path -Service slow -Wait -PassThru).Health | Should -Be 'Healthy'
    }

    It 'gives up after -WaitTimeout with one error' {
        Start-ComposeService -Path $project.Path -Service slow -WaitTimeout 0.3 -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'WaitTimeout,*'
    }

    It 'does not wait without -Wait' {
        (Start-ComposeService -Path $project.Path -Service slow -PassThru).Health | Should -Be 'Starting'
    }
}
