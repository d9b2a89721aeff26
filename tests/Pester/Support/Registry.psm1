# A registry on loopback with basic authentication, for the tests of pull, build and push.

# Whether docker-registry is installed (on Debian: apt-get install docker-registry).
function Test-Registry {
    $null -ne (Get-Command -Name docker-registry -ErrorAction SilentlyContinue)
}

# Starts a registry in a temporary directory. The line in htpasswd is the output of htpasswd -B for the password.
function Start-TestRegistry {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test process')]
    param()

    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()
    $folder = (New-Item -ItemType Directory -Path (Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath "registry$port")).FullName
    Set-Content -Path "$folder/htpasswd" -Value 'compose:$2y$05$4d9EBiF9UePb1F1VHAZHceD3Nmw.2GZmoBBW5oMzPH7C4kpsoaxJy'
    Set-Content -Path "$folder/config.yml" -Value @"
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $folder/data}}
http: {addr: "127.0.0.1:$port"}
auth: {htpasswd: {realm: test, path: $folder/htpasswd}}
"@
    $process = Start-Process -FilePath docker-registry -ArgumentList serve,
        "$folder/config.yml" -PassThru -RedirectStandardOutput "$folder/out" -RedirectStandardError "$folder/err"
    foreach ($attempt in 1..100) {
        try {
            if ((Invoke-WebRequest -Uri "http://127.0.0.1:$port/v2/" -SkipHttpErrorCheck).StatusCode -eq 401) { break }
        } catch [Net.Http.HttpRequestException] {
            Write-Debug -Message "attempt ${attempt}: $_"
        }

        Start-Sleep -Milliseconds 100
    }

    [pscustomobject]@{
        Host       = "127.0.0.1:$port"
        Folder     = $folder
        Process    = $process
        Credential = @{ "127.0.0.1:$port" = Get-TestLogin -Password 'pass:word1' }
        Wrong      = @{ "127.0.0.1:$port" = Get-TestLogin -Password 'wrong' }
    }
}

function Get-TestLogin {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingPlainTextForPassword', '',
        Justification = 'a password of a test')]
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingConvertToSecureStringWithPlainText', '',
        Justification = 'a password of a test')]
    param([string]$Password)

    [pscredential]::new('compose', (ConvertTo-SecureString -String $Password -AsPlainText -Force))
}

function Stop-TestRegistry {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a test process')]
    param($Registry)

    if ($Registry) {
        Stop-Process -Id $Registry.Process.Id
        $Registry.Process.WaitForExit()
        Remove-Item -LiteralPath $Registry.Folder -Recurse -Force
    }
}
