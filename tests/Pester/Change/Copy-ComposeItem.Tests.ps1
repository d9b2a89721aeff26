BeforeDiscovery {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    $noEngine = -not (Test-Engine)
    $noUnix = -not ($IsLinux -or $IsMacOS)
    $noLinux = -not $IsLinux
    $noLock = $noUnix -or (& id -u) -eq 0
}

BeforeAll {
    Import-Module -Name $PSScriptRoot/../Support/Support.psm1 -Force
    Import-TestedModule

    function Get-Content1($File, [string]$Container = 'web-1') { Invoke-Docker exec "$($project.Name)-$Container" cat $File }
}

Describe 'Copy-ComposeItem' -Skip:$noEngine {
    BeforeAll {
        $project = New-TestProject @'
services:
  web: {image: busybox, command: sleep 600, init: true, scale: 2}
  user: {image: busybox, command: sleep 600, init: true, user: nobody}
  stopped: {image: busybox, command: "true"}
  locked: {image: busybox, command: sleep 600, init: true, read_only: true}
'@ -File @{ 'src/a.txt' = 'alpha'; 'src/deep/b.txt' = 'beta'; 'big.txt' = 'x' * 3MB }
        $null = Invoke-ComposeUp -Path $project.Path
        Invoke-Docker exec "$($project.Name)-web-1" mkfifo /pipe
        $common = @{ ProjectName = $project.Name }
        $src = "$($project.Folder)/src"
    }

    AfterAll { Remove-TestProject $project }

    BeforeEach { Push-Location -Path $project.Folder }
    AfterEach { Pop-Location }

    It 'copies a file into every replica, and says nothing' {
        Copy-ComposeItem ./src/a.txt web:/tmp/a @common | Should -BeNullOrEmpty
        Get-Content1 /tmp/a | Should -Be 'alpha'
        Get-Content1 /tmp/a web-2 | Should -Be 'alpha'
    }

    It 'takes one replica with -Index' {
        $result = Copy-ComposeItem ./src/a.txt web:/tmp/second @common -Index 2 -PassThru
        $result.Container | Should -Be "$($project.Name)-web-2"
        $result.Replica | Should -Be 2
        { Get-Content1 /tmp/second } | Should -Throw
    }

    It 'returns what was copied with -PassThru, and it pipes on' {
        $result = @(Copy-ComposeItem ./src web:/tmp/tree @common -PassThru)
        $result.Container | Should -Be @("$($project.Name)-web-1", "$($project.Name)-web-2")
        $result[0].Direction | Should -Be 'IntoContainer'
        $result[0].Destination | Should -Be '/tmp/tree'
        $result[0].Items | Should -Be 4
        $result[0].Bytes | Should -Be 11
        ($result[0] | Get-ComposeContainer).ProjectName | Should -Contain $project.Name
        Get-Content1 /tmp/tree/deep/b.txt | Should -Be 'beta'
    }

    It 'takes the project from its files, from anywhere' {
        Push-Location -Path /
        try { Copy-ComposeItem $src/a.txt web:/tmp/files -Path $project.Path } finally { Pop-Location }
        Get-Content1 /tmp/files | Should -Be 'alpha'
    }

    It 'copies what is piped: files, directories and paths' {
        Invoke-Docker exec "$($project.Name)-web-1" mkdir -p /tmp/piped
        Invoke-Docker exec "$($project.Name)-web-2" mkdir -p /tmp/piped
        Get-ChildItem -Path $src | Copy-ComposeItem -Destination web:/tmp/piped @common
        Get-Content1 /tmp/piped/deep/b.txt | Should -Be 'beta'
        './big.txt' | Copy-ComposeItem -Destination web:/tmp/piped/ @common
        Invoke-Docker exec "$($project.Name)-web-1" stat -c '%s' /tmp/piped/big.txt | Should -Be (3MB + 1)
    }

    It 'expands wildcards of this machine' {
        Copy-ComposeItem ./src/*.txt web:/tmp/ @common
        Get-Content1 /tmp/a.txt | Should -Be 'alpha'
    }

    It 'writes octets, streams and text that are piped' {
        [byte[]](104, 105) | Copy-ComposeItem -Destination web:/tmp/octets @common
        Get-Content1 /tmp/octets | Should -Be 'hi'
        , [IO.MemoryStream]::new([byte[]](104, 111)) | Copy-ComposeItem -Destination web:/tmp/stream @common
        Get-Content1 /tmp/stream | Should -Be 'ho'
        'one', 'två' | Copy-ComposeItem -Destination web:/tmp/text @common -AsContent
        Get-Content1 /tmp/text | Should -Be @('one', 'två')
    }

    It 'takes octets as one piece, and none' {
        , [byte[]]::new(0) | Copy-ComposeItem -Destination web:/tmp/none @common -Index 1
        Invoke-Docker exec "$($project.Name)-web-1" wc -c /tmp/none | Should -Be '0 /tmp/none'
        # Each octet as an object of its own would take minutes and gigabytes.
        , [byte[]]::new(20MB) | Copy-ComposeItem -Destination web:/tmp/many @common -Index 1
        Invoke-Docker exec "$($project.Name)-web-1" wc -c /tmp/many | Should -Be "$(20MB) /tmp/many"
    }

    It 'takes drives of PowerShell, provider paths, and files as they are named' -Skip:$noUnix {
        $null = New-PSDrive -Name Shelf -PSProvider FileSystem -Root $project.Folder
        Copy-ComposeItem Shelf:/src/a.txt web:/tmp/shelf @common -Index 1
        Get-Content1 /tmp/shelf | Should -Be 'alpha'
        Copy-ComposeItem web:/tmp/shelf Shelf:/back @common
        Get-Content -Path ./back | Should -Be 'alpha'
        Copy-ComposeItem (Get-Item -Path ./src/a.txt).PSPath web:/tmp/provider @common -Index 1
        Get-Content1 /tmp/provider | Should -Be 'alpha'
        [IO.File]::WriteAllText("$($project.Folder)/a\b [1]", 'odd')
        [IO.FileInfo]"$($project.Folder)/a\b [1]" | Copy-ComposeItem -Destination web:/tmp/odd @common -Index 1
        Get-Content1 /tmp/odd | Should -Be 'odd'
    }

    It 'keeps the second name of a file a name, as docker compose does' -Skip:$noUnix {
        $null = New-Item -ItemType Directory -Path ./pair
        Set-Content -Path ./pair/a -Value 'shared'
        $null = New-Item -ItemType HardLink -Path ./pair/b -Target ./pair/a
        Copy-ComposeItem ./pair web:/tmp @common -Index 1
        Invoke-Docker exec "$($project.Name)-web-1" stat -c '%h' /tmp/pair/a /tmp/pair/b | Should -Be @('2', '2')
        Get-Content1 /tmp/pair/b | Should -Be 'shared'
    }

    It 'copies out of the first replica, with the time and mode' {
        Invoke-Docker exec "$($project.Name)-web-1" sh -c 'echo out > /tmp/out; chmod 640 /tmp/out; touch -d @1700000000 /tmp/out'
        $result = Copy-ComposeItem web:/tmp/out . @common -PassThru
        $result.Direction | Should -Be 'FromContainer'
        $result.Destination | Should -Be "$($project.Folder)/out"
        Get-Content -Path ./out | Should -Be 'out'
        (Get-Item ./out).LastWriteTimeUtc | Should -Be ([DateTimeOffset]::FromUnixTimeSeconds(1700000000).UtcDateTime)
        if ($IsLinux -or $IsMacOS) { (Get-Item ./out).UnixMode | Should -Be '-rw-r-----' }
    }

    It 'copies out of the container that is piped, and out of a stopped one' {
        Get-ComposeContainer @common -Service web | Where-Object Replica -EQ 2 |
            Copy-ComposeItem -Source :/etc/hostname -Destination ./host2
        Get-Content ./host2 | Should -Be (Get-Content1 /etc/hostname web-2)
        Copy-ComposeItem stopped:/etc/passwd ./passwd @common
        Get-Content ./passwd | Select-Object -First 1 | Should -BeLike 'root:*'
    }

    It 'gives and takes an archive' {
        $archive = Copy-ComposeItem web:/tmp/tree - @common
        , $archive | Should -BeOfType [byte[]]
        Invoke-Docker exec "$($project.Name)-web-1" mkdir -p /tmp/unpacked
        , $archive | Copy-ComposeItem -Destination web:/tmp/unpacked @common -Index 1 -AsArchive
        Get-Content1 /tmp/unpacked/tree/a.txt | Should -Be 'alpha'
    }

    It 'keeps links, or follows them with -FollowLink' -Skip:$noUnix {
        $null = New-Item -ItemType SymbolicLink -Path ./link -Target src/a.txt -Force
        Copy-ComposeItem ./link web:/tmp/kept @common
        Invoke-Docker exec "$($project.Name)-web-1" readlink /tmp/kept | Should -Be 'src/a.txt'
        Copy-ComposeItem ./link web:/tmp/followed @common -FollowLink
        Get-Content1 /tmp/followed | Should -Be 'alpha'
        Invoke-Docker exec "$($project.Name)-web-1" ln -sf a /tmp/innerlink
        Copy-ComposeItem web:/tmp/innerlink ./inner1 @common
        (Get-Item ./inner1).LinkTarget | Should -Be 'a'
        Copy-ComposeItem web:/tmp/innerlink ./inner2 @common -FollowLink
        Get-Content ./inner2 | Should -Be 'alpha'
    }

    It 'keeps the owner of this machine, or gives it to the user of the container with -Archive' -Skip:$noUnix {
        & chown 1234:2345 ./src/a.txt
        Copy-ComposeItem ./src/a.txt user:/tmp/plain @common
        Invoke-Docker exec "$($project.Name)-user-1" stat -c '%u:%g' /tmp/plain | Should -Be '1234:2345'
        Copy-ComposeItem ./src/a.txt user:/tmp/archive @common -Archive
        Invoke-Docker exec "$($project.Name)-user-1" stat -c '%U' /tmp/archive | Should -Be 'nobody'
    }

    It 'takes one-off containers with -All' {
        $null = Invoke-Docker run -d --name "$($project.Name)-web-run" --label "com.docker.compose.project=$($project.Name)" --label com.docker.compose.service=web --label com.docker.compose.oneoff=True --label com.docker.compose.config-hash=x --label com.docker.compose.container-number=1 busybox sleep 600
        try {
            (Copy-ComposeItem ./src/a.txt web:/tmp/all @common -All -PassThru).Container |
                Should -Be @("$($project.Name)-web-1", "$($project.Name)-web-2", "$($project.Name)-web-run")
        } finally {
            $null = Invoke-Docker rm -f "$($project.Name)-web-run"
        }
    }

    It 'does nothing under -WhatIf' {
        Copy-ComposeItem ./src/a.txt web:/tmp/whatif @common -WhatIf
        { Get-Content1 /tmp/whatif } | Should -Throw
        Copy-ComposeItem web:/tmp/a ./whatif @common -WhatIf
        './whatif' | Should -Not -Exist
    }

    It 'is one error: <Case>' -TestCases @(
        @{ Case = 'unknown service'; Source = './src/a.txt'; Destination = 'nobody:/tmp'; Id = 'ServiceNotFound' }
        @{ Case = 'index out of range'; Source = './src/a.txt'; Destination = 'web:/tmp'; Index = 7; Id = 'ReplicaNotFound' }
        @{ Case = 'no such file here'; Source = './nothing'; Destination = 'web:/tmp'; Index = 1; Id = 'CopySourceNotFound' }
        @{ Case = 'no such file there'; Source = 'web:/nothing'; Destination = '.'; Id = 'CopySourceNotFound' }
        @{ Case = 'no directory there'; Source = './src/a.txt'; Destination = 'web:/nothing/a'; Index = 1;
            Id = 'CopyDestinationNotFound' }
        @{ Case = 'no directory here'; Source = 'web:/etc/hosts'; Destination = './nothing/a'; Id = 'CopyDestinationNotFound' }
        @{ Case = 'a file where a directory is said'; Source = './src/a.txt/'; Destination = 'web:/tmp'; Index = 1;
            Id = 'CopyNotADirectory' }
        @{ Case = 'a directory over a file'; Source = './src'; Destination = 'web:/etc/passwd'; Index = 1;
            Id = 'CopyDirectoryOverFile' }
        @{ Case = 'a pipe'; Source = './src/a.txt'; Destination = 'web:/pipe'; Index = 1; Id = 'CopyDestinationSpecial' }
        @{ Case = 'a read-only container'; Source = './big.txt'; Destination = 'locked:/etc/x'; Id = 'CopyDestinationReadOnly' }
        @{ Case = 'no such file here, for every replica'; Source = './nothing'; Destination = 'web:/tmp';
            Id = 'CopySourceNotFound' }
        @{ Case = 'a pattern nothing fits'; Source = './nothing*'; Destination = 'web:/tmp'; Id = 'CopySourceNotFound' }
        @{ Case = 'no path there'; Source = './src/a.txt'; Destination = 'web:'; Id = 'CopyNeedsPath' }
        @{ Case = 'all of a container by oversight'; Source = 'web:'; Destination = './all'; Id = 'CopyNeedsPath' }
        @{ Case = 'a drive without files'; Source = 'Env:/PATH'; Destination = 'web:/tmp'; Id = 'NotFileSystemPath' }
        @{ Case = 'a drive without files to copy to'; Source = 'web:/etc/hosts'; Destination = 'Env:/X';
            Id = 'NotFileSystemPath' }
        @{ Case = 'two services'; Source = 'web:/etc/hosts'; Destination = 'web:/tmp'; Id = 'CopyBetweenServices' }
        @{ Case = 'no service'; Source = './src'; Destination = './other'; Id = 'CopyNeedsService' }
        @{ Case = 'a project that is not there'; Source = './src'; Destination = 'web:/tmp'; Named = 'pesternothing';
            Id = 'ProjectNotFound' }
    ) {
        $more = if ($Index) { @{ Index = $Index } } else { @{} }
        Copy-ComposeItem $Source $Destination -ProjectName $(if ($Named) { $Named } else { $project.Name }) @more -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $problem[0].ErrorDetails.Message | Should -Not -BeNullOrEmpty
    }

    It 'says that the engine broke off, where a directory stands in the way of a file' {
        $null = New-Item -ItemType Directory -Path ./way
        Copy-Item ./big.txt ./way/a
        Copy-Item ./big.txt ./way/b
        Invoke-Docker exec "$($project.Name)-web-1" mkdir -p /way/a
        Copy-ComposeItem ./way web:/ @common -Index 1 -ErrorAction SilentlyContinue -ErrorVariable problem
        @($problem).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -Match '^(CopyBrokenOff|EngineRefused|EngineBadRequest),'
    }

    It 'goes on after a file that cannot be copied' {
        './nothing', './src/a.txt' | Copy-ComposeItem -Destination web:/tmp/on @common -Index 1 -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopySourceNotFound,*'
        Get-Content1 /tmp/on | Should -Be 'alpha'
    }

    It 'cannot write into a directory that is read-only here' -Skip:$noLock {
        $null = New-Item -ItemType Directory -Path ./locked
        & chmod 555 ./locked
        Copy-ComposeItem web:/etc/hosts ./locked/ @common -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'CopyWriteFailed,*'
    }

    It 'shows how far it is' {
        $large = [IO.File]::Create("$($project.Folder)/large")
        $large.SetLength(300MB)
        $large.Dispose()
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; Copy-ComposeItem '$($project.Folder)/large' web:/tmp/large -ProjectName $($project.Name) -Index 1")
        $null = $shell.Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        @($shell.Streams.Progress | Where-Object Activity -Like 'Copying to*').Count | Should -BeGreaterThan 0
        $shell.Streams.Progress[-1].RecordType | Should -Be 'Completed'
        $shell.Dispose()
    }

    It 'leaves at once when the pipeline stops, without half a file and without a connection' -Skip:$noLinux {
        Copy-ComposeItem ./large web:/tmp/large @common -Index 1
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$env:COMPOSE_TEST_MODULE'; Copy-ComposeItem web:/tmp/large '$($project.Folder)/stopped' -ProjectName $($project.Name)")
        $sockets = { @(Get-ChildItem -Path /proc/self/fd | Where-Object LinkTarget -Like 'socket:*').Count }
        $null = Get-ComposeProject
        $before = & $sockets
        $null = $shell.BeginInvoke()
        while (-not (Get-ChildItem -LiteralPath $project.Folder -Filter *.partial -Force)) { Start-Sleep -Milliseconds 5 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.ElapsedMilliseconds | Should -BeLessThan (Get-TimeLimit 1000)
        $shell.Dispose()
        foreach ($attempt in 1..20) {
            if (-not (Get-ChildItem -LiteralPath $project.Folder -Filter *.partial -Force) -and
                (& $sockets) -le $before) { break }
            Start-Sleep -Milliseconds 100
        }

        "$($project.Folder)/stopped" | Should -Not -Exist
        Get-ChildItem -LiteralPath $project.Folder -Filter *.partial -Force | Should -BeNullOrEmpty
        & $sockets | Should -BeLessOrEqual $before
    }
}
