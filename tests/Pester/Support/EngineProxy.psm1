# A proxy before the engine's socket, for tests. It records requests, and can withhold requests or responses, slow the traffic
# down, and break connections.

# Compiles C# against the running assemblies. Add-Type needs reference assemblies, which not every PowerShell has.
function Import-Source([string]$Source) {
    $references = foreach ($file in ([AppContext]::GetData('TRUSTED_PLATFORM_ASSEMBLIES') -split [IO.Path]::PathSeparator)) {
        if ([IO.Path]::GetFileName($file) -match '^(System\.(Private\.CoreLib|Runtime|Collections.*|Linq|Net\.(Sockets|Primitives)|Text\.RegularExpressions|Threading.*|Memory)|Microsoft\.Win32\.Primitives)\.dll$') {
            [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile($file)
        }
    }

    $tree = [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText($Source)
    $options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new([Microsoft.CodeAnalysis.OutputKind]::DynamicallyLinkedLibrary)
    $compilation = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create('ComposeTest',
        [Microsoft.CodeAnalysis.SyntaxTree[]]@($tree), [Microsoft.CodeAnalysis.MetadataReference[]]$references, $options)
    $assembly = [IO.MemoryStream]::new()
    $result = $compilation.Emit($assembly)
    if (-not $result.Success) {
        throw ($result.Diagnostics -join "`n")
    }

    $null = [Reflection.Assembly]::Load($assembly.ToArray())
}

if (-not ('ComposeTest.EngineProxy' -as [type])) {
    Import-Source @'
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace ComposeTest
{
    public sealed class EngineProxy : IDisposable
    {
        private readonly Socket _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly ConcurrentDictionary<Socket, bool> _sockets = new ConcurrentDictionary<Socket, bool>();
        private readonly ConcurrentQueue<string> _requests = new ConcurrentQueue<string>();
        private readonly string _path;
        private readonly string _engine;

        public EngineProxy(string path, string engine)
        {
            _path = path;
            _engine = engine;
            _listener.Bind(new UnixDomainSocketEndPoint(path));
            _listener.Listen(64);
            _ = AcceptAsync();
        }

        public string Path { get { return _path; } }

        // A request whose first line matches is not forwarded, and gets no response.
        public string Hold { get; set; } = "";

        // The response to a request whose first line matches is withheld.
        public string HoldAnswer { get; set; } = "";

        // Bytes per tenth of a second in each direction; 0 for no limit.
        public int Pace { get; set; }

        public string[] Requests { get { return _requests.ToArray(); } }

        public bool Has(string pattern) { return _requests.Any(request => Regex.IsMatch(request, pattern)); }

        public void Clear()
        {
            Hold = HoldAnswer = "";
            Pace = 0;
            while (_requests.TryDequeue(out _)) { }
        }

        // Acts like an engine that crashes: all connections break, and new ones are refused.
        public void Dispose()
        {
            _listener.Dispose();
            File.Delete(_path);
            foreach (var socket in _sockets.Keys)
                socket.Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                    _ = ServeAsync(await _listener.AcceptAsync());
            }
            catch (Exception exception) when (exception is SocketException || exception is ObjectDisposedException)
            {
                return;
            }
        }

        private async Task ServeAsync(Socket client)
        {
            var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            _sockets[client] = _sockets[engine] = true;
            var keptBack = new bool[2];
            try
            {
                await engine.ConnectAsync(new UnixDomainSocketEndPoint(_engine));
                await Task.WhenAll(PumpAsync(client, engine, keptBack, 0), PumpAsync(engine, client, keptBack, 1));
            }
            catch (Exception exception) when (exception is SocketException || exception is ObjectDisposedException)
            {
                return;
            }
            finally
            {
                foreach (var socket in new[] { client, engine })
                {
                    _sockets.TryRemove(socket, out _);
                    socket.Dispose();
                }
            }
        }

        private async Task PumpAsync(Socket from, Socket to, bool[] keptBack, int direction)
        {
            var buffer = new byte[64 * 1024];
            try
            {
                int read;
                while ((read = await from.ReceiveAsync(new ArraySegment<byte>(buffer, 0, Pace > 0 ? Math.Min(Pace, buffer.Length) : buffer.Length), SocketFlags.None)) > 0)
                {
                    if (direction == 0)
                        Judge(buffer, read, keptBack);
                    if (keptBack[direction])
                        continue;
                    for (var sent = 0; sent < read;)
                        sent += await to.SendAsync(new ArraySegment<byte>(buffer, sent, read - sent), SocketFlags.None);
                    if (Pace > 0)
                        await Task.Delay(100);
                }

                to.Shutdown(SocketShutdown.Send);
            }
            catch (Exception exception) when (exception is SocketException || exception is ObjectDisposedException)
            {
                // One side has closed, so the other is closed too.
                from.Dispose();
                to.Dispose();
            }
        }

        private void Judge(byte[] buffer, int read, bool[] keptBack)
        {
            var line = Encoding.ASCII.GetString(buffer, 0, Math.Min(read, 2000)).Split('\r')[0];
            if (!line.EndsWith(" HTTP/1.1", StringComparison.Ordinal))
                return;
            if (Hold.Length > 0 && Regex.IsMatch(line, Hold))
                keptBack[0] = true;
            if (HoldAnswer.Length > 0 && Regex.IsMatch(line, HoldAnswer))
                keptBack[1] = true;
            _requests.Enqueue(line);
        }
    }
}
'@
}

# Creates a proxy before the test engine, for -EngineHost "unix://PATH".
function New-EngineProxy {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'a socket for tests')]
    param([Parameter(Mandatory)] [string]$Path)

    $engine = if ($env:COMPOSE_TEST_ENGINE) { $env:COMPOSE_TEST_ENGINE } else { '/var/run/docker.sock' }
    [ComposeTest.EngineProxy]::new($Path, $engine)
}

Export-ModuleMember -Function New-EngineProxy
