BeforeDiscovery {
    $noGet = -not (Get-Command -Name Install-PSResource -ErrorAction SilentlyContinue)
    $noWindows = [IO.Path]::DirectorySeparatorChar -eq '/'
    $hasSigner = [bool](Get-Command -Name Set-AuthenticodeSignature -ErrorAction SilentlyContinue)
}

BeforeAll {
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    $folder = Split-Path -Path $env:COMPOSE_TEST_MODULE
    $manifest = Import-PowerShellDataFile -Path $env:COMPOSE_TEST_MODULE
    $package = (Resolve-Path -Path "$folder/../../Compose.$($manifest.ModuleVersion).nupkg").ProviderPath
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force

    # The package under another version, as a release would change it.
    function New-Release([string]$Version, [string]$Destination) {
        $copy = Join-Path -Path $Destination -ChildPath "Compose.$Version.nupkg"
        Copy-Item -LiteralPath $package -Destination $copy
        $zip = [IO.Compression.ZipFile]::Open($copy, 'Update')
        foreach ($name in 'Compose.nuspec', 'Compose.psd1') {
            $reader = [IO.StreamReader]::new($zip.GetEntry($name).Open())
            $text = $reader.ReadToEnd()
            $reader.Dispose()
            $zip.GetEntry($name).Delete()
            $writer = [IO.StreamWriter]::new($zip.CreateEntry($name).Open())
            $writer.Write(($text -replace "<version>[\d.]+", "<version>$Version" -replace "(ModuleVersion\s*=\s*)'[\d.]+'",
                "`$1'$Version'"))
            $writer.Dispose()
        }

        $zip.Dispose()
        $copy
    }

    # What installing is, without the cmdlets that do it: the package's files in <modules>/Compose/<version>, its own parts left
    # out.
    function Expand-Release([string]$Package, [string]$Modules, [string]$Version) {
        $target = Join-Path -Path $Modules -ChildPath "Compose/$Version"
        [IO.Compression.ZipFile]::ExtractToDirectory($Package, $target)
        Remove-Item -LiteralPath "$target/Compose.nuspec", "$target/_rels", "$target/[Content_Types].xml" -Recurse -Force
    }

    function Invoke-Fresh([string]$Modules, [string]$Script) {
        $before = $env:PSModulePath
        $env:PSModulePath = $Modules + [IO.Path]::PathSeparator + $before
        try { Invoke-NewShell -NoProfile -NonInteractive -Command $Script } finally { $env:PSModulePath = $before }
    }
}

Describe 'the notice' {
    It 'names every assembly of others that ships' {
        $notice = Get-Content -LiteralPath $folder/NOTICE.md -Raw
        $others = Get-ChildItem -Path $folder/bin/*/deps/*.dll | Where-Object BaseName -NotLike Compose.* |
            Sort-Object -Property BaseName -Unique
        $others.Count | Should -BeGreaterThan 10
        foreach ($assembly in $others) {
            $notice | Should -Match "\b$([regex]::Escape($assembly.BaseName))\b(?!\.[A-Z])"
        }
    }
}

Describe 'the manifest' {
    It 'is valid' {
        Test-ModuleManifest -Path $env:COMPOSE_TEST_MODULE -ErrorAction Stop | Should -Not -BeNullOrEmpty
    }

    It 'tells what the gallery shows' {
        $data = $manifest.PrivateData.PSData
        foreach ($uri in $data.ProjectUri, $data.LicenseUri) {
            [Uri]::IsWellFormedUriString($uri, 'Absolute') | Should -BeTrue
        }

        $data.ReleaseNotes | Should -Not -BeNullOrEmpty
        foreach ($tag in 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS') {
            $data.Tags | Should -Contain $tag
        }

        $manifest.Description.Length | Should -BeGreaterThan 40
        $manifest.Author, $manifest.Copyright, $manifest.CompanyName | Should -Not -Contain $null
    }

    It 'is data: no choice is made in it' {
        Get-Content -LiteralPath $env:COMPOSE_TEST_MODULE -Raw | Should -Not -Match '\$PSEdition|\bif\b'
    }
}

Describe 'the package' {
    It 'holds what was packed, and what makes it a package' {
        $zip = [IO.Compression.ZipFile]::OpenRead($package)
        $entries = $zip.Entries.FullName | ForEach-Object { $_ -replace '\\', '/' }
        $zip.Dispose()
        $files = Get-ChildItem -LiteralPath $folder -Recurse -File |
            ForEach-Object { $_.FullName.Substring($folder.Length + 1) -replace '\\', '/' }
        $entries | Sort-Object | Should -Be (@($files) + 'Compose.nuspec', '[Content_Types].xml', '_rels/.rels' | Sort-Object)
    }

    It 'says of itself what the manifest says' {
        $zip = [IO.Compression.ZipFile]::OpenRead($package)
        $reader = [IO.StreamReader]::new($zip.GetEntry('Compose.nuspec').Open())
        $metadata = ([xml]$reader.ReadToEnd()).package.metadata
        $reader.Dispose()
        $types = [IO.StreamReader]::new($zip.GetEntry('[Content_Types].xml').Open())
        $known = ([xml]$types.ReadToEnd()).Types
        $types.Dispose()
        $extensions = $zip.Entries.Name | ForEach-Object { [IO.Path]::GetExtension($_).TrimStart('.') } | Where-Object { $_ } |
            Sort-Object -Unique
        $zip.Dispose()
        $metadata.id | Should -Be 'Compose'
        $metadata.version | Should -Be $manifest.ModuleVersion
        $metadata.description | Should -Be $manifest.Description
        $metadata.projectUrl | Should -Be $manifest.PrivateData.PSData.ProjectUri
        $metadata.licenseUrl | Should -Be $manifest.PrivateData.PSData.LicenseUri
        $metadata.releaseNotes | Should -Be $manifest.PrivateData.PSData.ReleaseNotes
        $tags = $metadata.tags -split ' '
        foreach ($tag in @($manifest.PrivateData.PSData.Tags) + 'PSModule' + @($manifest.CmdletsToExport |
            ForEach-Object { "PSCmdlet_$_" })) {
            $tags | Should -Contain $tag
        }

        $extensions | Where-Object { $_ -notin $known.Default.Extension } | Should -BeNullOrEmpty
    }

    It 'is found, loaded and superseded by a newer one where it is unpacked' {
        $modules = Join-Path -Path $TestDrive -ChildPath modules
        Expand-Release -Package $package -Modules $modules -Version $manifest.ModuleVersion
        Invoke-Fresh -Modules $modules -Script '(Get-Command Test-ComposeFile).Version.ToString()' |
            Should -Be $manifest.ModuleVersion
        $newer = New-Release -Version 9.8.7 -Destination $TestDrive
        Expand-Release -Package $newer -Modules $modules -Version 9.8.7
        Invoke-Fresh -Modules $modules -Script 'Import-Module Compose; (Get-Module Compose).Version.ToString(); (Get-Help Test-ComposeFile).Synopsis.Length -gt 9' | Should -Be '9.8.7', 'True'
    }

    It 'is installed and updated from a folder repository' -Skip:$noGet {
        $store = (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath store)).FullName
        Copy-Item -LiteralPath $package -Destination $store
        # What whoever runs the tests has installed is no business of theirs.
        $before = @((Get-InstalledPSResource -Name Compose -ErrorAction SilentlyContinue).Version)
        Register-PSResourceRepository -Name ComposeTest -Uri $store -Trusted
        try {
            $saved = (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath saved)).FullName
            Save-PSResource -Name Compose -Repository ComposeTest -Path $saved
            Join-Path -Path $TestDrive -ChildPath "saved/Compose/$($manifest.ModuleVersion)/Compose.psd1" | Should -Exist
            Install-PSResource -Name Compose -Repository ComposeTest -Scope CurrentUser
            (Get-InstalledPSResource -Name Compose).Version | Should -Contain $manifest.ModuleVersion
            $null = New-Release -Version 9.8.7 -Destination $store
            Update-PSResource -Name Compose -Repository ComposeTest -Scope CurrentUser
            (Get-InstalledPSResource -Name Compose).Version | Should -Contain '9.8.7'
        } finally {
            Get-InstalledPSResource -Name Compose -ErrorAction SilentlyContinue | Where-Object Version -NotIn $before |
                Uninstall-PSResource
            Unregister-PSResourceRepository -Name ComposeTest
        }
    }
}

Describe 'the build script' {
    It 'leaves the location and the environment of its caller alone' {
        $root = Join-Path -Path $PSScriptRoot -ChildPath ../../..
        $copy = New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath build)
        Copy-Item -Path $root/build.ps1 -Destination $copy
        $null = New-Item -ItemType Directory -Path $copy/tools
        Copy-Item -Path $root/tools/Shell -Destination $copy/tools -Recurse
        $before = $PWD.Path, (Get-ChildItem -Path env: | Out-String)

        # Nothing is packed there, so the task fails at once.
        { & $copy/build.ps1 -Task EngineTest } | Should -Throw '*Nothing is packed*'
        $PWD.Path, (Get-ChildItem -Path env: | Out-String) | Should -Be $before
    }
}

Describe 'signing' {
    BeforeAll {
        $build = (Resolve-Path -LiteralPath $PSScriptRoot/../../../build.ps1).ProviderPath
        $functions = [Management.Automation.Language.Parser]::ParseFile($build, [ref]$null, [ref]$null).FindAll(
            { param($node) $node -is [Management.Automation.Language.FunctionDefinitionAst] -and
                $node.Name -in 'Invoke-Package', 'Get-SigningCertificate', 'Set-ModuleSignature' }, $true)

        # The build's own functions among stand-ins for Windows: a store with certificates, and a signer that writes down what
        # it is asked for.
        $stage = {
            param($Functions, $Folder, $Asked, $Store, $Answer, [string]$Certificate)

            Set-StrictMode -Version 3
            $ErrorActionPreference = 'Stop'
            $TimestampServer = 'http://timestamp.example'
            $Configuration = 'Release'
            foreach ($function in $Functions) { . ([scriptblock]::Create($function)) }
            function Get-ChildItem {
                param([string[]]$Path, [switch]$CodeSigningCert, [switch]$Recurse, $Filter)
                if ($CodeSigningCert) { $Store } elseif ($Path -ne 'out') { Microsoft.PowerShell.Management\Get-ChildItem -Path $Path -Recurse:$Recurse -Filter $Filter }
            }
            function Set-AuthenticodeSignature {
                param($FilePath, $Certificate, $HashAlgorithm, $IncludeChain, $TimestampServer)
                $Asked.Add([pscustomobject](@{ Step = "sign $(Split-Path -Path $FilePath -Leaf)" } + $PSBoundParameters))
                & $Answer $FilePath
            }
            function Get-Module { $Asked.Add([pscustomobject]@{ Step = 'help' }) }
            function Invoke-Pack { $Asked.Add([pscustomobject]@{ Step = 'pack' });
                Join-Path -Path $Folder -ChildPath Compose.psd1 }
            function Test-ModuleManifest { param($Path) $Path }
            function Invoke-Program { $Asked.Add([pscustomobject]@{ Step = @($args) -match 'PackNupkg' }) }
            Invoke-Package
        }

        function Invoke-Stage([string]$Certificate,
            [scriptblock]$Answer = { @{ Status = 'Valid'; TimeStamperCertificate = 'somebody' } }, [bool]$Key = $true) {
            $store = [pscustomobject]@{ Thumbprint = 'AB01'; Subject = 'CN=other'; HasPrivateKey = $true },
                [pscustomobject]@{ Thumbprint = 'CD23'; Subject = 'CN=us'; HasPrivateKey = $Key }
            $null = & $stage $functions.Extent.Text $folder $asked $store $Answer $Certificate
        }
    }

    BeforeEach {
        $asked = [Collections.Generic.List[object]]::new()
    }

    It 'signs what is ours and nothing else, the manifest last, before it is zipped' {
        Invoke-Stage -Certificate CD23
        $asked.Step | Should -Be @(
            'help', 'pack'
            'sign Compose.Core.dll', 'sign Compose.dll', 'sign Compose.Docker.dll', 'sign Compose.Yaml.dll'
            'sign Compose.Core.dll', 'sign Compose.dll', 'sign Compose.Docker.dll', 'sign Compose.Yaml.dll'
            'sign Compose.psm1', 'sign Compose.Format.ps1xml', 'sign Compose.Types.ps1xml', 'sign Compose.psd1', '-t:PackNupkg')
    }

    It 'asks for SHA-256, the chain and a countersignature, with the certificate that was named' {
        Invoke-Stage -Certificate CD23
        foreach ($signing in $asked | Where-Object Step -Like 'sign *') {
            $signing.Certificate.Subject | Should -Be 'CN=us'
            $signing.HashAlgorithm | Should -Be 'SHA256'
            $signing.IncludeChain | Should -Be 'NotRoot'
            $signing.TimestampServer | Should -Be 'http://timestamp.example'
            $signing.FilePath | Should -Exist
        }
    }

    It 'takes a thumbprint as a dialog shows it' {
        Invoke-Stage -Certificate "$([char]0x200e)cd 23"
        @($asked | Where-Object Step -Like 'sign *').Certificate.Thumbprint | Select-Object -Unique | Should -Be CD23
    }

    It 'signs nothing where no certificate is given' {
        Invoke-Stage -Certificate ''
        $asked.Step | Should -Be 'help', 'pack'
    }

    It 'builds nothing where the certificate <Case>' -ForEach @(
        @{ Case = 'is not there'; Thumbprint = 'EF45'; Key = $true; Message = '*no code-signing certificate*EF45*' }
        @{ Case = 'has no private key'; Thumbprint = 'CD23'; Key = $false; Message = '*CN=us*no private key*' }
    ) {
        { Invoke-Stage -Certificate $Thumbprint -Key $Key } | Should -Throw $Message
        $asked | Should -BeNullOrEmpty
    }

    It 'makes no package where one file <Case>' -ForEach @(
        @{ Case = 'cannot be signed'; Message = '*Compose.psm1 could not be signed: denied';
            Answer = { param($File) @{ Status = if ($File -like '*.psm1') { 'UnknownError' } else { 'Valid' };
            StatusMessage = 'denied'; TimeStamperCertificate = 'somebody' } } }
        @{ Case = 'is not countersigned'; Message = '*Compose.psm1 was signed, but http://timestamp.example did not countersign it.'; Answer = { param($File) @{ Status = 'Valid'; TimeStamperCertificate = if ($File -notlike '*.psm1') { 'somebody' } } } }
    ) {
        { Invoke-Stage -Certificate CD23 -Answer $Answer } | Should -Throw $Message
        $asked.Step | Should -Contain 'sign Compose.psm1'
        $asked.Step | Should -Not -Contain '-t:PackNupkg'
    }

    It 'is refused at once, and says why, where Authenticode does not exist' -Skip:$hasSigner {
        $output = Invoke-NewShell -NoProfile -NonInteractive -File $build -Task Package -Certificate 0123 2>&1 | Out-String
        $LASTEXITCODE | Should -Not -Be 0
        $output | Should -Match 'Signing needs Windows'
    }

    It 'tells that nobody trusts the certificate' -Skip:$noWindows {
        $copy = Join-Path -Path $TestDrive -ChildPath signed
        Copy-Item -LiteralPath $folder -Destination $copy -Recurse
        $own = New-SelfSignedCertificate -Subject 'CN=Compose test' -Type CodeSigningCert -CertStoreLocation Cert:\CurrentUser\My
        try {
            . ([scriptblock]::Create(($functions | Where-Object Name -EQ 'Set-ModuleSignature').Extent.Text))
            $TimestampServer = 'http://timestamp.digicert.com'
            { Set-ModuleSignature -Folder $copy -Signer $own } | Should -Throw
        } finally {
            Remove-Item -LiteralPath "Cert:\CurrentUser\My\$($own.Thumbprint)"
        }
    }
}
