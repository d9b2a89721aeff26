BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule
}

Describe 'Get-ComposeVersion' -Skip:$noEngine {
    It 'knows the versions at work' {
        $version = Get-ComposeVersion
        $version.Module | Should -Be (Get-Module -Name Compose).Version.ToString()
        $version.Engine | Should -Be (Invoke-Docker version -f '{{.Server.Version}}')
        $version.EngineApi | Should -Be (Invoke-Docker version -f '{{.Server.APIVersion}}')
        [version]$version.Api | Should -BeLessOrEqual ([version]$version.EngineApi)
        $version.Compose | Should -Match '^\d+\.\d+\.\d+$'
        $version.Platform | Should -Be (Invoke-Docker version -f '{{.Server.Os}}/{{.Server.Arch}}')
    }

    It 'asks the engine that is named, or that piped objects come from' {
        $engine = (Get-ComposeVersion).EngineHost
        (Get-ComposeVersion -EngineHost $engine).Engine | Should -Not -BeNullOrEmpty
        ([pscustomobject]@{ EngineHost = $engine } | Get-ComposeVersion).EngineHost | Should -Be $engine
        $both = [pscustomobject]@{ EngineHost = 'unix:///nowhere.sock' }, [pscustomobject]@{ EngineHost = $engine } |
            Get-ComposeVersion -ErrorAction SilentlyContinue
        @($both.Engine | Where-Object { $_ }).Count |
            Should -Be 1 -Because 'an engine that does not answer keeps nobody from the others'
    }

    It 'knows its own version where <Name>' -TestCases @(
        @{ Name = 'no engine answers'; Where = @{ EngineHost = 'unix:///nowhere.sock' }; Id = 'EngineNotRunning' }
        @{ Name = 'the endpoint is none'; Where = @{ EngineHost = 'ftp://nowhere' }; Id = 'InvalidEndpoint' }
        @{ Name = 'there is no such context'; Where = @{ Context = 'nobody-has-this' }; Id = 'ContextNotFound' }
    ) {
        $version = Get-ComposeVersion @Where -ErrorAction SilentlyContinue -ErrorVariable problem
        $version.Module | Should -Not -BeNullOrEmpty
        $version.Engine | Should -BeNullOrEmpty
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
