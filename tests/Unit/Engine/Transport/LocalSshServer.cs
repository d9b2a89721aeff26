using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Compose.Engine.Endpoint;

namespace Compose.Tests.Engine.Transport;

/// <summary>A test that needs OpenSSH's server and client, and an engine; skipped when one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SshFactAttribute : FactAttribute
{
    public SshFactAttribute() => Skip = Support.TestEngine.Absence ?? LocalSshServer.Absence;
}

/// <summary>
/// An ssh server on a free port of this machine with its own keys and PATH: `docker` there is a script of the test. The client is
/// ssh with only the test's configuration.
/// </summary>
internal sealed class LocalSshServer : IDisposable
{
    private static readonly string? Program = new[] { "/usr/sbin/sshd", "/usr/local/sbin/sshd" }.FirstOrDefault(File.Exists);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ssh");
    private readonly Process _server;
    private readonly int _port = FreePort();

    public LocalSshServer()
    {
        Directory.CreateDirectory("/run/sshd");
        foreach (var key in new[] { "host", "user", "other" })
            Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", At(key));
        Write("authorized_keys", File.ReadAllText(At("user.pub")));
        Write("known_hosts", $"[127.0.0.1]:{_port} {File.ReadAllText(At("host.pub"))}");
        Write("server", $"""
            ListenAddress 127.0.0.1:{_port}
            HostKey {At("host")}
            AuthorizedKeysFile {At("authorized_keys")}
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin yes
            SetEnv PATH={_directory.FullName}/bin:/usr/bin:/bin
            """);
        Directory.CreateDirectory(At("bin"));
        var start = new ProcessStartInfo(Program!) { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { "-D", "-e", "-f", At("server") })
            start.ArgumentList.Add(argument);
        _server = Process.Start(start)!;
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginErrorReadLine();
        WaitForListener();
    }

    /// <summary>Why no such server can run here, or null. sshd needs root for privilege separation.</summary>
    public static string? Absence =>
        Program is null ? "There is no sshd." : Environment.UserName != "root" ? "sshd is tested as root." : null;

    public string Host => $"ssh://{Environment.UserName}@127.0.0.1:{_port}";

    /// <summary>The endpoint, valid unless an argument replaces a part of it.</summary>
    public EngineEndpoint Endpoint(string key = "user", string knownHosts = "known_hosts", string? host = null)
    {
        var client = At("ssh-" + Guid.NewGuid().ToString("N")[..6]);
        WriteProgram(
            client,
            $"exec ssh -F none -i {At(key)} -o IdentitiesOnly=yes -o IdentityAgent=none -o UserKnownHostsFile={At(knownHosts)} "
                + "-o GlobalKnownHostsFile=none \"$@\"");
        return new EngineEndpoint(new Uri(host ?? Host)) { SshProgram = client };
    }

    /// <summary>Sets the script that runs as `docker` on the server; its arguments are in "$@".</summary>
    public void Docker(string script) => WriteProgram(At("bin/docker"), script);

    public void Write(string name, string text) => File.WriteAllText(At(name), text);

    public string OtherHostKey => $"[127.0.0.1]:{_port} {File.ReadAllText(At("other.pub"))}";

    public void Dispose()
    {
        _server.Kill();
        _server.Dispose();
        _directory.Delete(true);
    }

    private string At(string name) => Path.Combine(_directory.FullName, name);

    private static void WriteProgram(string file, string script)
    {
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        Run("chmod", "+x", file);
    }

    private void WaitForListener()
    {
        for (var tries = 0; tries < 100; tries++)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", _port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(50);
            }
        }

        throw new InvalidOperationException("sshd does not listen.");
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    public static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }
}
