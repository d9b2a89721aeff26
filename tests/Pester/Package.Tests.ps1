BeforeDiscovery {
    $noResource = -not (Get-Command -Name Install-PSResource -ErrorAction SilentlyContinue)
    $canSign = [bool](Get-Command -Name Set-AuthenticodeSignature -ErrorAction SilentlyContinue)
}

BeforeAll {
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    $folder = Split-Path -Path $env:COMPOSE_TEST_MODULE
    $manifest = Import-PowerShellDataFile -Path $env:COMPOSE_TEST_MODULE
    $package = (Resolve-Path -Path "$folder/../../Compose.$($manifest.ModuleVersion).nupkg").ProviderPath
    $powershell = (Get-Process -Id $PID).Path

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
            $writer.Write(($text -replace "<version>[\d.]+", "<version>$Version" -replace "(ModuleVersion\s*=\s*)'[\d.]+'", "`$1'$Version'"))
            $writer.Dispose()
        }

        $zip.Dispose()
        $copy
    }

    # What installing is, without the cmdlets that do it: the package's files in <modules>/Compose/<version>, its own parts left out.
    function Expand-Release([string]$Package, [string]$Modules, [string]$Version) {
        $target = Join-Path -Path $Modules -ChildPath "Compose/$Version"
        [IO.Compression.ZipFile]::ExtractToDirectory($Package, $target)
        Remove-Item -LiteralPath "$target/Compose.nuspec", "$target/_rels", "$target/[Content_Types].xml" -Recurse -Force
    }

    function Invoke-Fresh([string]$Modules, [string]$Script) {
        $before = $env:PSModulePath
        $env:PSModulePath = $Modules + [IO.Path]::PathSeparator + $before
        try { & $powershell -NoProfile -NonInteractive -Command $Script } finally { $env:PSModulePath = $before }
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
        $files = Get-ChildItem -LiteralPath $folder -Recurse -File | ForEach-Object { $_.FullName.Substring($folder.Length + 1) -replace '\\', '/' }
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
        $extensions = $zip.Entries.Name | ForEach-Object { [IO.Path]::GetExtension($_).TrimStart('.') } | Where-Object { $_ } | Sort-Object -Unique
        $zip.Dispose()
        $metadata.id | Should -Be 'Compose'
        $metadata.version | Should -Be $manifest.ModuleVersion
        $metadata.description | Should -Be $manifest.Description
        $metadata.projectUrl | Should -Be $manifest.PrivateData.PSData.ProjectUri
        $metadata.licenseUrl | Should -Be $manifest.PrivateData.PSData.LicenseUri
        $metadata.releaseNotes | Should -Be $manifest.PrivateData.PSData.ReleaseNotes
        $tags = $metadata.tags -split ' '
        foreach ($tag in @($manifest.PrivateData.PSData.Tags) + 'PSModule' + @($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_" })) {
            $tags | Should -Contain $tag
        }

        $extensions | Where-Object { $_ -notin $known.Default.Extension } | Should -BeNullOrEmpty
    }

    It 'is found, loaded and superseded by a newer one where it is unpacked' {
        $modules = Join-Path -Path $TestDrive -ChildPath modules
        Expand-Release -Package $package -Modules $modules -Version $manifest.ModuleVersion
        Invoke-Fresh -Modules $modules -Script '(Get-Command Test-ComposeFile).Version.ToString()' | Should -Be $manifest.ModuleVersion
        $newer = New-Release -Version 9.8.7 -Destination $TestDrive
        Expand-Release -Package $newer -Modules $modules -Version 9.8.7
        Invoke-Fresh -Modules $modules -Script 'Import-Module Compose; (Get-Module Compose).Version.ToString(); (Get-Help Test-ComposeFile).Synopsis.Length -gt 9' | Should -Be '9.8.7', 'True'
    }

    It 'is installed and updated from a folder repository' -Skip:$noResource {
        $store = (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath store)).FullName
        Copy-Item -LiteralPath $package -Destination $store
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
            Uninstall-PSResource -Name Compose -Version '*' -ErrorAction SilentlyContinue
            Unregister-PSResourceRepository -Name ComposeTest
        }
    }
}

Describe 'signing' {
    It 'is refused at once, and says why, where Authenticode does not exist' -Skip:$canSign {
        $output = & $powershell -NoProfile -NonInteractive -File $PSScriptRoot/../../build.ps1 -Task Package -Certificate 0123 2>&1 | Out-String
        $LASTEXITCODE | Should -Not -Be 0
        $output | Should -Match 'Signing needs Windows'
    }

    It 'refuses a certificate that is not there' -Skip:(-not $canSign) {
        # The first steps of packing would take minutes; the function is asked alone.
        $script = Get-Content -LiteralPath $PSScriptRoot/../../build.ps1 -Raw
        $body = [regex]::Match($script, '(?s)function Set-ModuleSignature \{.*?\n\}').Value
        { & ([scriptblock]::Create("`$Certificate = '0123'; $body; Set-ModuleSignature -Folder '$TestDrive'")) } | Should -Throw '*no code-signing certificate*'
    }
}
