# What the test files share: the packed module, and projects in folders of their own. Two doors lead to the engine: a pipe and a
# port.

$pipe = $env:COMPOSE_TEST_ENGINE
$tcp = $env:COMPOSE_TEST_TCP

# The doors that are open, for -ForEach; none where no engine answers.
function Get-Door {
    if ($pipe) { @{ Door = 'a named pipe'; Engine = $pipe } }
    if ($tcp) { @{ Door = 'tcp'; Engine = $tcp } }
}

# A new folder; the file's bytes are as they are given, so line ends and marks of encoding are the test's.
function New-Folder {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test folder')]
    param([hashtable]$File = @{}, [Text.Encoding]$Encoding = [Text.UTF8Encoding]::new())

    $folder = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath ('windows' + [Guid]::NewGuid().ToString('N').Substring(0, 8))
    $null = New-Item -ItemType Directory -Path $folder
    foreach ($entry in $File.GetEnumerator()) {
        $path = Join-Path -Path $folder -ChildPath $entry.Key
        $null = New-Item -ItemType Directory -Path (Split-Path -Path $path) -Force
        [IO.File]::WriteAllText($path, $entry.Value, $Encoding)
    }

    $folder
}

# Removes what a project has on the engine, and its folder.
function Remove-Folder {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test folder')]
    param([string]$Folder, [string]$Engine)

    if ($Engine) {
        $project = @{ ProjectName = Split-Path -Path $Folder -Leaf; EngineHost = $Engine }
        $everything = @{ Volume = $true; Image = 'Local'; RemoveOrphan = $true }
        $quietly = @{ Confirm = $false; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        Remove-ComposeProject @project @everything @quietly -Timeout 0
    }

    Remove-Item -LiteralPath $Folder -Recurse -Force
}

Export-ModuleMember -Function Get-Door, New-Folder, Remove-Folder
