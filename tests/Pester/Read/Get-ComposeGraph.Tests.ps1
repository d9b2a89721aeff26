BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeGraph' {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: { image: busybox, ports: ["8080:80"], depends_on: { db: { condition: service_healthy } }, networks: [front, back] }
  db: { image: busybox, volumes: [data:/data], networks: [back], healthcheck: { test: "true" } }
  other: { image: busybox, networks: [back] }
networks:
  front: {}
  back: {}
volumes:
  data: {}
'@
    }

    AfterAll { Remove-Item -LiteralPath $project.Folder -Recurse -Force }

    It 'is Mermaid, with networks and volumes' {
        $text = Get-ComposeGraph -Path $project.Path
        $text | Should -BeOfType [string]
        $text | Should -BeLike "flowchart LR`n*"
        $text | Should -Match 'service_web -->\|"healthy"\| service_db'
        $text | Should -Match 'service_db -.- network_back'
        $text | Should -Match 'service_db ---\|"/data"\| volume_data'
        $text | Should -Not -Match 'busybox|8080'
    }

    It 'heeds -Service, -Image, -Port, -NoNetwork and -NoVolume' {
        Get-ComposeGraph -Path $project.Path -Service web | Should -Not -Match 'other'
        Get-ComposeGraph -Path $project.Path -Image | Should -Match 'web<br/>busybox'
        Get-ComposeGraph -Path $project.Path -Port | Should -Match '8080:80/tcp'
        Get-ComposeGraph -Path $project.Path -NoNetwork | Should -Not -Match 'network_'
        Get-ComposeGraph -Path $project.Path -NoVolume | Should -Not -Match 'volume_'
    }

    It 'is DOT that Graphviz draws' {
        $text = Get-ComposeGraph -Path $project.Path -Format Dot
        $text | Should -BeLike 'digraph "*'
        $text | Should -Match '"service:web" -> "service:db" \[label="healthy"\];'
        if (Get-Command -Name dot -ErrorAction SilentlyContinue) {
            $text | & dot -Tsvg | Out-String | Should -Match '<svg'
        }
    }

    It 'is one error each: <Name>' -TestCases @(
        @{ Name = 'unknown service'; Id = 'ServiceNotFound'; Action = { Get-ComposeGraph -Path $project.Path -Service nope } }
        @{ Name = 'no file'; Id = 'ComposeFileNotFound'; Action = { Get-ComposeGraph -Path "$($project.Folder)/none.yaml" } }
    ) {
        $ErrorActionPreference = 'Continue'
        $problem = & $Action 2>&1
        @($problem).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
