BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}
Describe 'variables in files' -Skip:$noEngine {
    BeforeEach { $project = $null }
    AfterEach { Remove-TestProject $project }

    It 'flow 19: replaces every form of a variable, in the container as well' {
        $project = New-TestProject @'
services:
  web:
    image: busybox
    command: sleep 60
    init: true
    environment:
      BRACED: "${A}"
      BARE: $A
      EMPTY_OR: "${EMPTY:-x}"
      SET_OR: "${EMPTY-x}"
      UNSET_OR: "${UNSET-x}"
      IF_FULL: "${A:+y}"
      IF_FULL_EMPTY: "<${EMPTY:+y}>"
      IF_SET: "${EMPTY+y}"
      NESTED: "${UNSET:-${B:-z}}"
      DOLLAR: "$$A and $${A}"
      LAZY: "${A:-${UNSET:?never asked}}"
      DIGIT: "$1 $(cmd)"
'@ -File @{ '.env' = "A=1`nEMPTY=`n" }
        $null = Invoke-ComposeUp -Path $project.Path
        $environment = (Get-Inspected $project web-1).Config.Env
        $wanted = @(
            'BRACED=1', 'BARE=1', 'EMPTY_OR=x', 'SET_OR=', 'UNSET_OR=x', 'IF_FULL=y', 'IF_FULL_EMPTY=<>', 'IF_SET=y', 'NESTED=z'
            'DOLLAR=$A and ${A}', 'LAZY=1', 'DIGIT=$1 $(cmd)'
        )
        foreach ($line in $wanted) {
            $environment | Should -Contain $line
        }
    }

    It 'flow 19: refuses <Text> at its place' -TestCases @(
        @{ Text = '${UNSET?}'; Message = 'UNSET' }
        @{ Text = '${UNSET:?say it}'; Message = 'say it' }
        @{ Text = '${EMPTY:?not empty}'; Message = 'not empty' }
        @{ Text = '${A b}'; Message = 'not a valid variable' }
        @{ Text = '${A:=x}'; Message = 'not a valid variable' }
    ) {
        $compose = "services:`n  web: { image: busybox,`n    hostname: `"$Text`" }`n"
        $project = New-TestProject $compose -File @{ '.env' = "A=1`nEMPTY=`n" }
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -HaveCount 1
        "$($problem[0])" | Should -Match ([regex]::Escape($Message))
        "$($problem[0])" | Should -Match 'compose\.yaml:3:\d+'
    }

    It 'flow 19: warns of a variable that is not set' {
        $project = New-TestProject @'
services:
  web: { image: busybox, command: sleep 60, init: true, labels: { a: "$NOBODY_SET" } }
'@
        $null = Invoke-ComposeUp -Path $project.Path -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'NOBODY_SET'
    }

    It 'flow 23: lets the including file win over what it includes' {
        $included = "services:`n  same: { image: busybox, command: a, labels: { from: one } }`n"
        $project = New-TestProject -File @{ 'one.yaml' = $included } -Compose @'
include: [one.yaml]
services:
  same: { command: b }
'@
        $same = (Get-ComposeConfig -Path $project.Path).Services['same']
        $same.Command | Should -Be 'b'
        $same.Labels['from'] | Should -Be 'one'
    }

    It 'flow 23: reports a fault of an included file with its place' {
        $included = @{
            'one.yaml' = "services:`n  same: { image: busybox, command: a }`n"
            'two.yaml' = "services:`n  same: [wrong]`n"
        }
        $project = New-TestProject -File $included -Compose @'
include: [one.yaml, two.yaml]
services:
  web: { image: busybox }
'@
        $null = Invoke-ComposeUp -Path $project.Path -ErrorAction SilentlyContinue -ErrorVariable problem
        "$($problem[0])" | Should -Match 'two\.yaml:2:'
    }
}
