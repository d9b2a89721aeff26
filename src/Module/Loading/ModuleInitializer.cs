using System.Management.Automation;
using System.Reflection;
#if NET
using System.Runtime.Loader;
#endif

namespace Compose.Module.Loading;

/// <summary>
/// Finds the assemblies in deps/. On PowerShell 7 Compose.Yaml and Compose.Docker, and the YamlDotNet and Docker.DotNet they
/// need, load apart from everybody else's; on Windows PowerShell a resolver answers for our own assemblies only.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly string Directory = Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!;
    private static readonly string Dependencies = Path.Combine(Directory, "deps");

    /// <summary>
    /// Loads Compose.Core, because PowerShell finds type names such as [Compose.Model.ComposeProject] in loaded assemblies only.
    /// </summary>
    private static void LoadTypes() =>
        System.Runtime.CompilerServices.RuntimeHelpers.RunModuleConstructor(typeof(Model.ComposeProject).Module.ModuleHandle);

#if NET
    private static readonly Lazy<DependencyContext> Context = new(() => new DependencyContext(Dependencies));

    /// <inheritdoc/>
    public void OnImport()
    {
        AssemblyLoadContext.Default.Resolving += Resolve;
        LoadTypes();
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name is "Compose.Yaml" or "Compose.Docker" ? Context.Value.LoadFromAssemblyName(name) : null;

    private sealed class DependencyContext(string directory) : AssemblyLoadContext("Compose")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(directory, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
#else
    /// <inheritdoc/>
    public void OnImport()
    {
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        LoadTypes();
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private static Assembly? Resolve(object sender, ResolveEventArgs args)
    {
        if (args.RequestingAssembly is { } asker && !IsOurs(asker))
            return null;
        var name = new AssemblyName(args.Name).Name;
        // System.Text.Json refers to a version that .NET Framework does not have; the types are in the framework.
        if (name == "System.ValueTuple")
            return typeof(ValueTuple).Assembly;
        var path = Path.Combine(Dependencies, name + ".dll");
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }

    /// <summary>
    /// Whether an assembly is in our directory. Dynamic ones (PowerShell classes) throw when asked for their location.
    /// </summary>
    private static bool IsOurs(Assembly assembly) =>
        !assembly.IsDynamic && assembly.Location.StartsWith(Directory, StringComparison.OrdinalIgnoreCase);
#endif
}
