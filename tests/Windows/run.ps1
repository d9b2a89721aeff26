<#
.SYNOPSIS
Runs the tests of this folder in PowerShell for Windows, and adds what the unit tests gave. What is said is in output.txt, the
total in total.
.PARAMETER Filter
Runs the test files whose name matches only.
#>
[CmdletBinding()]
param(
    [string]$Filter = '*',

    [string]$Results = 'Z:\w\results'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$env:COMPOSE_TEST_MODULE = (Get-ChildItem -Path "$PSScriptRoot\..\..\out\Compose" -Filter Compose.psd1 -Recurse)[0].FullName
$sum = @{ Passed = 0; Failed = 0; Skipped = 0 }

function Write-Result([string]$Line) { Add-Content -LiteralPath "$Results\output.txt" -Value $Line }

function Read-UnitTest([string]$File) { ([xml](Get-Content -LiteralPath $File -Raw)).SelectNodes('//test') }

# The row of the table that leaves a failed test out.
function Get-Row($Test, $Rows) {
    $message = $Test.SelectSingleNode('failure/message').InnerText
    $Rows | Where-Object { $message -match $_.Message -and ($_.Tests | Where-Object { $Test.name -like $_ }) } |
        Select-Object -First 1
}

# Under Wine a connection now and then ends or stands still, in another test each time. So up to three methods that failed run
# once more; the names of the tests that pass then come back, and are in output.txt with what was wrong the first time.
function Get-PassedAgain($Failed) {
    $methods = @($Failed | ForEach-Object { "$($_.type).$($_.method)" } | Sort-Object -Unique)
    if ($methods.Count -eq 0 -or $methods.Count -gt 3) { return }
    $folder = "$PSScriptRoot\..\Unit\bin\Release\net8.0"
    $arguments = @('Compose.Tests.dll', '-nologo', '-parallel', 'none', '-xml', "$Results\again.xml") + @($methods |
        ForEach-Object { '-method', $_ })
    $null = Start-Process -FilePath "$folder\xunit.console.exe" -ArgumentList $arguments -WorkingDirectory $folder -NoNewWindow -Wait -PassThru
    if (-not (Test-Path -LiteralPath "$Results\again.xml")) { return }
    $passed = @(Read-UnitTest "$Results\again.xml" | Where-Object result -EQ Pass).name
    foreach ($test in $Failed | Where-Object name -In $passed) {
        Write-Result "passed the second time: $($test.name)`r`n$($test.SelectSingleNode('failure/message').InnerText)"
        $test.name
    }
}

# What failed is a failure, or left out by a row of the table; a row that leaves nothing out is a failure, too.
function Add-UnitTest([string]$File) {
    $rows = (Import-PowerShellDataFile -LiteralPath "$PSScriptRoot\LeftOut.psd1").Rows
    $tests = Read-UnitTest $File
    $again = @(Get-PassedAgain @($tests | Where-Object { $_.result -eq 'Fail' -and -not (Get-Row $_ $rows) }))
    $leftOut = @{}
    foreach ($test in $tests) {
        switch ($test.result) {
            Pass { $sum.Passed++ }
            Skip { $sum.Skipped++; $leftOut[$test.SelectSingleNode('reason').InnerText]++ }
            Fail {
                $row = Get-Row $test $rows
                if ($row) {
                    $sum.Skipped++
                    $leftOut[$row.Reason]++
                } elseif ($test.name -in $again) {
                    $sum.Passed++
                } else {
                    $sum.Failed++
                    $message, $trace = 'message', 'stack-trace' |
                        ForEach-Object { $test.SelectSingleNode("failure/$_").InnerText }
                    Write-Result "failed: $($test.name)`r`n$message`r`n$trace"
                }
            }
        }
    }

    foreach ($pattern in $rows.Tests) {
        $found = @($tests | Where-Object { $_.name -like $pattern })
        if ($found.Count -eq 0 -or -not ($found | Where-Object { $_.result -ne 'Pass' })) {
            $sum.Failed++
            Write-Result "failed: LeftOut.psd1 leaves out '$pattern', and no such test fails"
        }
    }

    foreach ($entry in $leftOut.GetEnumerator() | Sort-Object -Property Value -Descending) {
        Write-Result "left out: $($entry.Value) - $($entry.Key)"
    }

    $run = $tests[0].SelectSingleNode('/assemblies/assembly')
    $seconds = [int][double]::Parse($run.time, [cultureinfo]::InvariantCulture)
    Write-Result "unit tests: $($run.total) in $seconds s on .NET $([Environment]::Version)"
}

function Add-PesterTest {
    Import-Module -Name C:\Modules\Pester\Pester.psd1
    $configuration = New-PesterConfiguration
    $files = Get-ChildItem -Path $PSScriptRoot -Filter "$Filter.Tests.ps1"
    $configuration.Run.Path = @($files | ForEach-Object -MemberName FullName)
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    $result = Invoke-Pester -Configuration $configuration
    $sum.Passed += $result.PassedCount
    $sum.Failed += $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
    $sum.Skipped += $result.SkippedCount + $result.NotRunCount
    foreach ($test in $result.Failed + $result.FailedBlocks + $result.FailedContainers) {
        Write-Result "failed: $($test.ExpandedPath)$($test.Item)`r`n$($test.ErrorRecord | Out-String)"
    }

    if ($result.TotalCount -eq 0) {
        $sum.Failed++
        Write-Result "failed: no file matches '$Filter'"
    }

    $place = "PowerShell $($PSVersionTable.PSVersion) on $($PSVersionTable.OS)"
    Write-Result "tests in ${place}: $($result.TotalCount) in $([int]$result.Duration.TotalSeconds) s"
}

if ($Filter -eq '*' -and (Test-Path -LiteralPath "$Results\unit.xml")) {
    Add-UnitTest -File "$Results\unit.xml"
} elseif ($Filter -eq '*') {
    $sum.Failed++
    $last = Get-Content -LiteralPath "$Results\unit.log" -Tail 20 | Out-String
    Write-Result "failed: the unit tests ended before their end`r`n$last"
}

Add-PesterTest
Set-Content -LiteralPath "$Results\total" -Value "Windows: $($sum.Passed) passed, $($sum.Failed) failed, $($sum.Skipped) skipped"
