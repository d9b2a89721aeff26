using System.Reflection;
using Compose.Tests.Engine.Api;
using Compose.Tests.Support;
using Mono.Cecil;

namespace Compose.Tests.Desktop;

/// <summary>
/// The packed module as Windows PowerShell loads it: its own folder, the host's assemblies and nothing else. Another module's
/// YamlDotNet is loaded before or after it.
/// </summary>
public sealed class PackedModuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), "packed" + Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>A test of the module that PackModule packed. Skipped if nothing is packed.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class PackedTheoryAttribute : TheoryAttribute
    {
        public PackedTheoryAttribute() => Skip = Packed is null ? "The module is not packed." : null;
    }

    /// <summary>A test of the packed module that also needs an engine.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class PackedEngineFactAttribute : FactAttribute
    {
        public PackedEngineFactAttribute() => Skip = Packed is null ? "The module is not packed." : TestEngine.Absence;
    }

    private static string? Packed { get; } = FindPacked();

    public void Dispose() => Directory.Delete(_folder, true);

    [PackedTheory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Loads_its_own_dependencies_beside_any_other_of_their_names(bool before, bool after)
    {
        var foreign = Renumber(Path.Combine(Path.GetDirectoryName(Packed)!, "deps", "YamlDotNet.dll"));
        File.WriteAllText(Path.Combine(_folder, "compose.yaml"), "services:\n  web:\n    image: busybox\n");
        Directory.CreateDirectory(Path.Combine(_folder, ".docker"));
        File.WriteAllText(Path.Combine(_folder, ".docker", "config.json"), "{\"currentContext\":\"default\"}");
        InShell(shell =>
        {
            var first = before ? shell.Load(foreign) : null;
            shell.Import(Packed!);
            var services = shell.Services(_folder);
            var second = after ? shell.Load(foreign) : null;

            Assert.Equal("web", services);
            Assert.Equal("web", shell.Services(_folder));
            Assert.Equal("unix:///var/run/docker.sock", shell.Endpoint(_folder));
            Assert.Equal(before || after ? "5" : null, first ?? second);
            Assert.Contains("16", shell.Versions("YamlDotNet"));
        });
    }

    [PackedTheory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Carries_its_requests_by_its_own_library_beside_any_other_release(bool before, bool after)
    {
        var foreign = Renumber(Path.Combine(Path.GetDirectoryName(Packed)!, "deps", "Docker.DotNet.dll"));
        using var engine = new WrongEngine { ValidAnswers = { ["/volumes"] = "{\"Volumes\":[{\"Name\":\"data\"}]}" } };
        InShell(shell =>
        {
            var first = before ? shell.Load(foreign) : null;
            shell.Import(Packed!);
            var volumes = shell.Volumes(engine.Endpoint.Host);
            var second = after ? shell.Load(foreign) : null;

            Assert.Equal("data", volumes);
            Assert.Equal("data", shell.Volumes(engine.Endpoint.Host));
            Assert.Equal(before || after ? "5" : null, first ?? second);
            Assert.Contains("4", shell.Versions("Docker.DotNet"));
        });
    }

    [PackedTheory]
    [InlineData("Compose.Yaml", false)]
    [InlineData("Nobody.Has.This", false)]
    [InlineData("Compose.Yaml", true)]
    public void Answers_nobody_else_and_no_assembly_made_in_memory_and_does_not_fail_them(string wanted, bool inMemory) =>
        InShell(shell =>
    {
        shell.Import(Packed!);

        Assert.Null(shell.Resolve(wanted, inMemory));
    });

    [PackedEngineFact]
    public void Brings_a_project_up_finds_it_as_it_should_be_and_removes_it()
    {
        File.WriteAllText(
            Path.Combine(_folder, "compose.yaml"),
            "services:\n  web: {image: busybox, command: sleep 600, stop_signal: SIGKILL, volumes: ['data:/data'], depends_on: "
                + "[db]}\n  db: {image: busybox, command: sleep 600, stop_signal: SIGKILL}\nvolumes: {data: {}}\n");
        InShell(shell =>
        {
            shell.Import(Packed!);

            Assert.Equal(
                "db Running web Running, again 0",
                shell.Converge(_folder, "packed" + Guid.NewGuid().ToString("N").Substring(0, 8), TestEngine.Host));
            // Every assembly was loaded from the package, although the test's own folder has all of them too.
            Assert.All(
                shell.Locations(
                    "Compose.Core", "Compose.Docker", "Docker.DotNet", "Compose.Yaml", "YamlDotNet", "System.Text.Json"),
                location => Assert.StartsWith(Path.GetDirectoryName(Packed)!, location, StringComparison.Ordinal));
        });
    }

    /// <summary>An application domain with the host's assemblies, and the class that runs in it.</summary>
    private void InShell(Action<Shell> act)
    {
        var host = Directory.CreateDirectory(Path.Combine(_folder, "host")).FullName;
        foreach (var assembly in new[] {
            typeof(System.Management.Automation.PSCmdlet).Assembly, typeof(PackedModuleTests).Assembly})
            File.Copy(assembly.Location, Path.Combine(host, Path.GetFileName(assembly.Location)));
        var domain = AppDomain.CreateDomain("shell", null, new AppDomainSetup { ApplicationBase = host });
        try
        {
            act((Shell)domain.CreateInstanceAndUnwrap(typeof(Shell).Assembly.FullName, typeof(Shell).FullName));
        }
        finally
        {
            AppDomain.Unload(domain);
        }
    }

    private string Renumber(string original)
    {
        var file = Path.Combine(_folder, Path.GetFileName(original));
        using var assembly = AssemblyDefinition.ReadAssembly(original);
        assembly.Name.Version = new Version(5, 0, 0, 0);
        assembly.Write(file);
        return file;
    }

    private static string? FindPacked()
    {
        for (
            var directory = new DirectoryInfo(
                AppDomain.CurrentDomain.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var packed = Path.Combine(directory.FullName, "out", "Compose");
            if (Directory.Exists(packed))
                return Directory.GetFiles(packed, "Compose.dll", SearchOption.AllDirectories)
                    .FirstOrDefault(file => file.Contains("net472"));
        }

        return null;
    }

    /// <summary>Acts as a shell's process that has loaded the module. It knows the module's types only by name.</summary>
    private sealed class Shell : MarshalByRefObject
    {
        private const BindingFlags Any =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        private Assembly? _core;

        public string Load(string file) =>
            Assembly.LoadFrom(file).GetName().Version.Major.ToString(System.Globalization.CultureInfo.InvariantCulture);

        public void Import(string module)
        {
            var initializer = Activator.CreateInstance(
                Assembly.LoadFrom(module).GetType("Compose.Module.Loading.ModuleInitializer", true));
            initializer.GetType().GetMethod("OnImport").Invoke(initializer, null);
            _core = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "Compose.Core");
            // The module resolves only its own assemblies, also for this class, which acts as a cmdlet here.
            var dependencies = Path.Combine(Path.GetDirectoryName(module)!, "deps");
            AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) =>
                new AssemblyName(wanted.Name).Name is var name && Loaded(name).FirstOrDefault() is { } loaded ? loaded
                : File.Exists(Path.Combine(dependencies, name + ".dll"))
                    ? Assembly.LoadFrom(Path.Combine(dependencies, name + ".dll"))
                    : null;
        }

        /// <summary>
        /// What the module's resolver returns for another module's assembly; null means that it leaves the request to others.
        /// </summary>
        public string? Resolve(string wanted, bool inMemory)
        {
            var asker = inMemory
                ? AppDomain.CurrentDomain.DefineDynamicAssembly(
                    new AssemblyName("Shell.Classes"), System.Reflection.Emit.AssemblyBuilderAccess.Run)
                : typeof(Shell).Assembly;
            var module = Loaded("Compose").Single().GetType("Compose.Module.Loading.ModuleInitializer", true);
            return (
                (Assembly?)module.GetMethod("Resolve", Any).Invoke(null, [this, new ResolveEventArgs(wanted, asker)]))?.FullName;
        }

        public string Converge(string folder, string name, string engineHost) =>
            Task.Run(() => PackedWork.ConvergeAsync(folder, name, engineHost)).GetAwaiter().GetResult();

        public string Volumes(string engineHost) => Task.Run(() => PackedWork.VolumesAsync(engineHost)).GetAwaiter().GetResult();

        public string[] Locations(params string[] names) => [.. names.SelectMany(Loaded).Select(assembly => assembly.Location)];

        private static IEnumerable<Assembly> Loaded(string name) =>
            AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name == name);

        public string Services(string folder)
        {
            var request = New("Compose.Files.LoadRequest");
            request.GetType().GetProperty("WorkingDirectory").SetValue(request, folder);
            request.GetType().GetProperty("Environment").SetValue(request, new Dictionary<string, string>());
            var result = _core!.GetType("Compose.Model.Loading.ProjectLoader", true)
                .GetMethod("Load", Any)
                .Invoke(null, [request]);
            var services = (System.Collections.IDictionary)Value(Value(result, "Project"), "Services");
            return string.Join(" ", services.Keys.Cast<string>());
        }

        /// <summary>Reads docker's configuration, a JSON file.</summary>
        public string Endpoint(string home)
        {
            var request = New(
                "Compose.Engine.Endpoint.EndpointRequest", null, null, new Dictionary<string, string>(), home, false);
            return (string)Value(
                _core!.GetType("Compose.Engine.Endpoint.EndpointResolver", true)
                    .GetMethod("Resolve", Any)
                    .Invoke(null, [request]),
                "Host");
        }

        public string[] Versions(string name) =>
            [
                .. Loaded(name).Select(assembly =>
                    assembly.GetName().Version.Major.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ];

        private object New(string type, params object?[] arguments) =>
            Activator.CreateInstance(_core!.GetType(type, true), Any, null, arguments, null);

        private static object Value(object target, string property) =>
            target.GetType().GetProperty(property, Any).GetValue(target);
    }
}
