Describe 'the packed module in PowerShell for Windows' {
    It 'is imported, for this system' {
        $module = Import-Module -Name $env:COMPOSE_TEST_MODULE -PassThru
        $module.ExportedCmdlets.Count | Should -BeGreaterThan 30
        [IO.Path]::DirectorySeparatorChar | Should -Be '\'
        [Compose.Model.ComposeProject].Assembly.Location | Should -BeLike 'C:\*\bin\net8.0\Compose.Core.dll'
    }

    It 'has help for its cmdlets' {
        (Get-Help -Name Invoke-ComposeUp).Synopsis | Should -Match '\w{3}'
    }

    It 'says soon that an engine does not run where no pipe is' {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        { Get-ComposeVersion -EngineHost npipe:////./pipe/compose_nobody -ErrorAction Stop } |
            Should -Throw -ErrorId 'EngineNotRunning*'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
        $Error[0].ErrorDetails.RecommendedAction | Should -Match 'Start-Service'
    }
}
