BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot\Support.psm1"
    $doors = @(Get-Door | Select-Object -First 1)
}

Describe 'Enter-ComposeService in a pseudo-terminal' -ForEach $doors {
    BeforeAll {
        $screen = Get-Content -LiteralPath Z:\w\results\session.log -Raw
    }

    It 'shows what the shell there says to what is typed' {
        $screen | Should -Match 'forty-42'
    }

    It 'is a terminal there, of a size' {
        $screen | Should -Match 'size-[1-9]\d* [1-9]\d*'
        $screen | Should -Match 'on-/dev/pts/\d+'
    }

    It 'ends with the exit code of the shell there' {
        $screen | Should -Match 'the session ended with 7'
    }
}
