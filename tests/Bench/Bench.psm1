# Functions that the benchmarks of cmdlets share: a temporary project, time measurement, and alternating comparison.

# Brings a temporary project up, runs a benchmark in its directory, and removes everything.
function Invoke-InProject {
    param([string]$Compose, [scriptblock]$Benchmark)

    $folder = (New-Item -ItemType Directory -Path (Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath "bench$PID")).FullName
    Set-Content -Path "$folder/compose.yaml" -Value $Compose
    Push-Location -LiteralPath $folder
    try {
        $null = Invoke-ComposeUp
        & $Benchmark
    } finally {
        Remove-ComposeProject
        Pop-Location
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}

# The milliseconds that a script takes, including its output.
function Measure-Millisecond {
    param([scriptblock]$Action)

    $watch = [Diagnostics.Stopwatch]::StartNew()
    & $Action | Out-Null
    $watch.Elapsed.TotalMilliseconds
}

# Runs both sides alternately, with one warm-up. Returns their medians in milliseconds, and the ratio.
function Compare-Duration {
    param([scriptblock]$Ours, [scriptblock]$Theirs, [int]$Runs)

    $mine, $other = @(), @()
    foreach ($run in 0..$Runs) {
        $mine += Measure-Millisecond $Ours
        $other += Measure-Millisecond $Theirs
    }

    $mine, $other = (Get-Quantile $mine[1..$Runs] 0.5), (Get-Quantile $other[1..$Runs] 0.5)
    [pscustomobject]@{
        Ours   = [Math]::Round($mine)
        Theirs = [Math]::Round($other)
        Ratio  = [Math]::Round($mine / $other, 2)
    }
}

# A quantile of the values; 0.5 is the median.
function Get-Quantile {
    param([double[]]$Value, [double]$Part)

    ($Value | Sort-Object)[[Math]::Min([Math]::Floor($Value.Count * $Part), $Value.Count - 1)]
}

Export-ModuleMember -Function Invoke-InProject, Measure-Millisecond, Compare-Duration, Get-Quantile
