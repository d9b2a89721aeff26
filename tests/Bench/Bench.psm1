# What the benchmarks of cmdlets share: a project of their own, times, and how two sides that ran in turn compare.

# Runs a benchmark where a project of its own is up, and takes all of it away afterwards.
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

# The milliseconds a script takes with everything it writes.
function Measure-Millisecond {
    param([scriptblock]$Action)

    $watch = [Diagnostics.Stopwatch]::StartNew()
    & $Action | Out-Null
    $watch.Elapsed.TotalMilliseconds
}

# Runs both sides in turn, once to warm up and then as often as asked; their medians in milliseconds, and the ratio.
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

# The value that so great a part of the values is below: 0.5 is the median.
function Get-Quantile {
    param([double[]]$Value, [double]$Part)

    ($Value | Sort-Object)[[Math]::Min([Math]::Floor($Value.Count * $Part), $Value.Count - 1)]
}

Export-ModuleMember -Function Invoke-InProject, Measure-Millisecond, Compare-Duration, Get-Quantile
