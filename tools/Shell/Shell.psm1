# Starts another process of the running PowerShell, for build, tests, benchmarks and samples. PowerShell installed as a .NET tool
# runs as `dotnet pwsh.dll`, so the path of its process is not enough.

<#
.SYNOPSIS
Returns the program that starts the running PowerShell, followed by the arguments that must come first.
#>
function Get-ShellCommand {
    $program = (Get-Process -Id $PID).Path
    $program
    if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
        Join-Path -Path $PSHOME -ChildPath pwsh.dll
    }
}

<#
.SYNOPSIS
Runs the given arguments in a new process of the running PowerShell. Piped text becomes its standard input.
#>
function Invoke-NewShell {
    $program, $first = @(Get-ShellCommand)
    $arguments = @($first) + $args
    if ($MyInvocation.ExpectingInput) {
        $input | & $program @arguments
    } else {
        & $program @arguments
    }
}

Export-ModuleMember -Function Get-ShellCommand, Invoke-NewShell
