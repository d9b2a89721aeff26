BeforeDiscovery {
    $noCore = $PSVersionTable.PSEdition -ne 'Core'
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = $noCore -or -not (Test-Engine)
    $noPlatyPS = -not (Get-Module -Name Microsoft.PowerShell.PlatyPS -ListAvailable)
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $bin = Join-Path -Path (Split-Path -Path $env:COMPOSE_TEST_MODULE) -ChildPath bin

    # An assembly's name, version and references, as they are written in the file.
    function Read-Assembly {
        param([string]$File)

        $stream = [IO.File]::OpenRead($File)
        $image = [Reflection.PortableExecutable.PEReader]::new($stream)
        try {
            $reader = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)
            [pscustomobject]@{
                Name       = $reader.GetString($reader.GetAssemblyDefinition().Name)
                Version    = $reader.GetAssemblyDefinition().Version
                References = foreach ($handle in $reader.AssemblyReferences) {
                    $reference = $reader.GetAssemblyReference($handle)
                    [pscustomobject]@{ Name = $reader.GetString($reference.Name); Version = $reference.Version }
                }
            }
        }
        finally {
            $image.Dispose()
        }
    }

    function Read-Lane {
        param([string]$Framework)

        Get-ChildItem -Path (Join-Path -Path $bin -ChildPath $Framework) -Filter *.dll -Recurse |
            ForEach-Object { Read-Assembly -File $_.FullName }
    }

    # Another version of an assembly: the same with another number in its first row.
    function Copy-Renumbered {
        param([string]$From, [string]$To, [int]$Major)

        $octets = [IO.File]::ReadAllBytes($From)
        $image = [Reflection.PortableExecutable.PEReader]::new([IO.MemoryStream]::new($octets))
        $reader = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)
        $row = [Reflection.Metadata.Ecma335.MetadataReaderExtensions]::GetTableMetadataOffset($reader, 'Assembly')
        # The row begins with the hash algorithm's four octets.
        $octets[$image.PEHeaders.MetadataStartOffset + $row + 4] = $Major
        $image.Dispose()
        [IO.File]::WriteAllBytes($To, $octets)
    }

    # Runs lines in a shell of their own, and answers what they print.
    function Invoke-Shell {
        $script = ($args | ForEach-Object { $_ }) -join "`n"
        $output = Invoke-NewShell -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'`n$script" 2>&1
        if ($LASTEXITCODE -ne 0) {
            throw "$output"
        }

        $output
    }
}

Describe 'what the package refers to' -Skip:$noCore {
    It 'finds every assembly in the package or in Windows PowerShell, each in the version asked for' {
        $shipped = @{}
        $lane = Read-Lane net472
        $lane | ForEach-Object { $shipped[$_.Name] = $_.Version }
        # Of the framework or the host; System.ValueTuple is answered by the initializer with the framework's own.
        $given = '^(mscorlib|netstandard|System|System\.(Core|Xml|Xml\.Linq|Net\.Http|Numerics|Runtime\.Serialization|Data|ValueTuple|Management\.Automation))$'
        # Built against older releases of what they ask for. The initializer answers them with the one that ships, whatever
        # version they name.
        $older = '^(Docker\.DotNet|Microsoft\.(Net\.Http\.Client|Extensions\.))'
        foreach ($assembly in $lane) {
            foreach ($reference in $assembly.References) {
                if ($shipped.ContainsKey($reference.Name) -and $assembly.Name -match $older) {
                    $reference.Version | Should -BeLessOrEqual $shipped[$reference.Name] -Because "$($assembly.Name) asks for $($reference.Name)"
                }
                elseif ($shipped.ContainsKey($reference.Name)) {
                    $reference.Version | Should -Be $shipped[$reference.Name] -Because "$($assembly.Name) asks for $($reference.Name)"
                }
                else {
                    $reference.Name | Should -Match $given -Because "$($assembly.Name) asks for it"
                }
            }
        }
    }

    It 'asks PowerShell 7.4 for nothing newer than its .NET' {
        $lane = Read-Lane net8.0
        $lane.Name | Sort-Object | Should -Be @(
            'Compose', 'Compose.Core', 'Compose.Docker', 'Compose.Yaml'
            'Docker.DotNet', 'Docker.DotNet.Handler.Abstractions', 'Docker.DotNet.LegacyHttp', 'Docker.DotNet.NativeHttp'
            'Docker.DotNet.NPipe', 'Docker.DotNet.Unix'
            'Microsoft.Extensions.DependencyInjection.Abstractions', 'Microsoft.Extensions.Logging.Abstractions'
            'Microsoft.Net.Http.Client', 'System.IO.Pipelines', 'YamlDotNet')
        foreach ($reference in $lane.References | Where-Object Name -NotIn $lane.Name) {
            $reference.Name | Should -Match '^(System|Microsoft\.Win32|netstandard)'
            if ($reference.Name -notin 'System.Management.Automation', 'netstandard') {
                $reference.Version.Major | Should -BeLessOrEqual 8 -Because $reference.Name
            }
        }
    }

    It 'ships neither the shell nor its reference assembly' {
        (Read-Lane net472).Name + (Read-Lane net8.0).Name | Should -Not -Contain System.Management.Automation
    }
}

Describe 'beside modules with another YamlDotNet' -Skip:$noCore {
    BeforeAll {
        $folder = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath ('pester' + [Guid]::NewGuid().ToString('N').Substring(0,
            8))
        $null = New-Item -ItemType Directory -Path $folder
        Set-Content -Path "$folder/compose.yaml" -Value "services:`n  web:`n    image: busybox"
        Copy-Renumbered -From "$bin/net8.0/deps/YamlDotNet.dll" -To "$folder/YamlDotNet.dll" -Major 5
        $import = "Import-Module -Name '$env:COMPOSE_TEST_MODULE'"
        $use = "(Get-ComposeConfig -Path '$folder/compose.yaml').Services.Keys"
    }

    AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

    It 'works after it' {
        Invoke-Shell "`$null = [Reflection.Assembly]::LoadFrom('$folder/YamlDotNet.dll')" $import $use '[YamlDotNet.Core.Parser].Assembly.GetName().Version.Major' | Should -Be web, 5
    }

    It 'works before it, and leaves it alone' {
        Invoke-Shell $import $use "`$null = [Reflection.Assembly]::LoadFrom('$folder/YamlDotNet.dll')" '[YamlDotNet.Core.Parser].Assembly.GetName().Version.Major' $use | Should -Be web, 5, web
    }

    It 'works when it is imported anew' {
        Invoke-Shell $import $use 'Remove-Module -Name Compose' $import $use | Should -Be web, web
    }

    It 'works beside PlatyPS in either order' -Skip:$noPlatyPS {
        $page = (Resolve-Path -LiteralPath "$PSScriptRoot/../../../docs/en-US/Get-ComposeProject.md").ProviderPath
        $help = "(Import-MarkdownCommandHelp -Path '$page').Title"
        Invoke-Shell 'Import-Module -Name Microsoft.PowerShell.PlatyPS' $help $import $use | Should -Be Get-ComposeProject, web
        Invoke-Shell $import $use 'Import-Module -Name Microsoft.PowerShell.PlatyPS' $help $use |
            Should -Be web, Get-ComposeProject, web
    }
}

Describe 'beside modules with another Docker.DotNet' -Skip:$noEngine {
    BeforeAll {
        $folder = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath ('pester' + [Guid]::NewGuid().ToString('N').Substring(0,
            8))
        $import = "Import-Module -Name '$env:COMPOSE_TEST_MODULE'"
        # A list of the library's, and no such project in what it lists.
        $use = 'try { Get-ComposeVolume -ProjectName loadingnowhere } catch { $_.FullyQualifiedErrorId.Split(",")[0] }'
        $foreign = 'Docker.DotNet', 'Docker.DotNet.Handler.Abstractions', 'Microsoft.Extensions.Logging.Abstractions'
        foreach ($major in 3, 9) {
            $null = New-Item -ItemType Directory -Path "$folder/$major"
            foreach ($name in $foreign) {
                Copy-Renumbered -From "$bin/net8.0/deps/$name.dll" -To "$folder/$major/$name.dll" -Major $major
            }
        }

        function Get-LoadLine([int]$Major) {
            foreach ($name in $foreign) { "`$null = [Reflection.Assembly]::LoadFrom('$folder/$Major/$name.dll')" }
        }

        $version = '[Docker.DotNet.DockerClient].Assembly.GetName().Version.Major'
    }

    AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

    It 'works after release <_>' -ForEach 3, 9 {
        Invoke-Shell @(Get-LoadLine $_) $import $use $version | Should -Be ProjectNotFound, $_
    }

    It 'works before release <_>, and leaves it alone' -ForEach 3, 9 {
        Invoke-Shell $import $use @(Get-LoadLine $_) $version $use | Should -Be ProjectNotFound, $_, ProjectNotFound
    }
}
