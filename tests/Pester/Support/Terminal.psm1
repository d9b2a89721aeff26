Import-Module -Name $PSScriptRoot/../../../tools/Shell/Shell.psm1

# A real terminal for cmdlets that need one: a shell in tmux. Tests type keys into it and read its screen.

function New-Terminal {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test terminal')]
    param([int]$Columns = 100, [int]$Rows = 30)

    $name = 'pester' + [Guid]::NewGuid().ToString('N').Substring(0, 8)
    $shell = @(Get-ShellCommand).ForEach({ "'$_'" }) -join ' '
    & tmux new-session -d -s $name -x $Columns -y $Rows -e "DOCKER_HOST=$env:DOCKER_HOST" "$shell -NoProfile -NoLogo"
    $null = Wait-Screen $name 'PS .*>'
    Send-Line $name "function prompt { 'ready> ' }; Import-Module '$env:COMPOSE_TEST_MODULE'; Clear-Host"
    $null = Wait-Screen $name '(?m)^ready>$'
    $name
}

function Remove-Terminal {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test terminal')]
    param([string]$Terminal)

    & tmux kill-session -t $Terminal
}

# Types a line and Enter.
function Send-Line([string]$Terminal, [string]$Line) {
    & tmux send-keys -t $Terminal -l $Line
    & tmux send-keys -t $Terminal Enter
}

# Presses keys, by their tmux names: C-c, C-p.
function Send-Key([string]$Terminal, [string[]]$Key) {
    & tmux send-keys -t $Terminal $Key
}

function Get-Screen([string]$Terminal) {
    (& tmux capture-pane -p -t $Terminal) -join "`n" -replace '\s+$'
}

# Waits until the screen matches a pattern. Returns the screen.
function Wait-Screen([string]$Terminal, [string]$Pattern) {
    foreach ($attempt in 1..150) {
        $screen = Get-Screen $Terminal
        if ($screen -match $Pattern) {
            return $screen
        }

        Start-Sleep -Milliseconds 100
    }

    throw "The screen never showed '$Pattern', but:`n$screen"
}

Export-ModuleMember -Function New-Terminal, Remove-Terminal, Send-Line, Send-Key, Get-Screen, Wait-Screen
