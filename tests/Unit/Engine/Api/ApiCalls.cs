using System.Reflection;
using System.Runtime.CompilerServices;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Tests.Engine.Api;

/// <summary>
/// Every request a client can make, found by reflection: new methods are included, but a new argument type must be added here.
/// </summary>
internal static class ApiCalls
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>
    /// Two values for each argument type: every call is made once with the first values and once with the second.
    /// </summary>
    private static readonly Dictionary<Type, Func<object?[]>> Arguments = new()
    {
        [typeof(string)] = () => ["x", "x"],
        [typeof(bool)] = () => [true, false],
        [typeof(int)] = () => [1, 0],
        [typeof(long)] = () => [1L, 0L],
        [typeof(int?)] = () => [1, null],
        [typeof(long?)] = () => [1L, null],
        [typeof(byte[])] = () => [new byte[3], new byte[3]],
        [typeof(Filters)] = () => [Filters.Label("x"), null],
        [typeof(Query)] = () => [new Query("/build"), new Query("/build")],
        [typeof(HttpContent)] = () => [new ByteArrayContent([1, 2, 3]), new ByteArrayContent([])],
        [typeof(LogQuery)] = () => [new LogQuery(false, null, null, "10"), new LogQuery(true, null, null, null)],
        [typeof(CommitQuery)] = () => [
            new CommitQuery("x", "y", null, null, true, []), new CommitQuery(null, null, null, null, false, ["CMD x"])],
        [typeof(CreateContainerRequest)] = () => [
            new CreateContainerRequest { Image = "x" }, new CreateContainerRequest { Image = "x" }],
        [typeof(ExecCreateRequest)] = () => [new ExecCreateRequest { Cmd = ["x"] }, new ExecCreateRequest { Cmd = ["x"] }],
        [typeof(CreateVolumeRequest)] = () => [new CreateVolumeRequest { Name = "x" }, new CreateVolumeRequest { Name = "x" }],
        [typeof(NetworkResource)] = () => [new NetworkResource { Name = "x" }, new NetworkResource { Name = "x" }],
        [typeof(SwarmServiceSpec)] = () => [new SwarmServiceSpec { Name = "x" }, new SwarmServiceSpec { Name = "x" }],
        [typeof(SwarmSecretSpec)] = () => [new SwarmSecretSpec { Name = "x" }, new SwarmSecretSpec { Name = "x", Data = [1] }],
        [typeof(SwarmConfigSpec)] = () => [new SwarmConfigSpec { Name = "x" }, new SwarmConfigSpec { Name = "x", Data = [1] }],
        [typeof(SwarmNetworkSpec)] = () => [new SwarmNetworkSpec { Name = "x" }, new SwarmNetworkSpec { Name = "x" }],
        [typeof(RegistryAuth)] = () => [new RegistryAuth("x", "y", "z"), null],
        [typeof(EndpointSettings)] = () => [new EndpointSettings(), null],
        [typeof(ObservedState)] = () => [State(), State()],
        [typeof(IReadOnlyList<string>)] = () => [new[] { "x", "y" }, Array.Empty<string>()],
        [typeof(IReadOnlyCollection<string>)] = () => [new[] { "x", "y" }, Array.Empty<string>()],
    };

    public static IEnumerable<string> Names => Methods().Select(Name).SelectMany(name => new[] { name + " 0", name + " 1" });

    /// <summary>Makes a call by its name.</summary>
    public static object? Make(string name, EngineClient client, CancellationToken cancellationToken)
    {
        var parts = name.Split(' ');
        var method = Methods().Single(method => Name(method) == parts[0]);
        var variant = parts[1] == "0" ? 0 : 1;
        object target = Receiver(method) == typeof(StateReader)
            ? new StateReader(client)
            : Apis().Single(api => Receiver(method).IsAssignableFrom(api.PropertyType)).GetValue(client)!;
        var arguments = Parameters(method).Select(parameter => Argument(parameter, variant, cancellationToken));
        return method.IsStatic
            ? method.Invoke(null, [target, .. arguments])
            : method.Invoke(target, [.. arguments]);
    }

    private static IEnumerable<MethodInfo> Methods() =>
        Apis().SelectMany(api => WithBase(api.PropertyType)).Append(typeof(StateReader))
            .SelectMany(type => type.GetMethods(Own)).Where(method => !method.IsSpecialName).Concat(OwnRequests());

    /// <summary>The extension methods in Engine/Own, which make the requests that Docker.DotNet cannot.</summary>
    private static IEnumerable<MethodInfo> OwnRequests() =>
        typeof(PingCall).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(PingCall).Namespace)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(ExtensionAttribute), inherit: false));

    /// <summary>The class and its base class, which has the calls that use Docker.DotNet.</summary>
    private static Type[] WithBase(Type api) => api.BaseType == typeof(object) ? [api] : [api, api.BaseType!];

    private static IEnumerable<PropertyInfo> Apis() =>
        typeof(EngineClient)
            .GetProperties(Own)
            .Where(property => property.PropertyType.Name.EndsWith("Api", StringComparison.Ordinal));

    private static string Name(MethodInfo method) =>
        $"{Receiver(method).Name}.{method.Name}/{Parameters(method).Count()}";

    /// <summary>The type that the method is called on.</summary>
    private static Type Receiver(MethodInfo method) =>
        method.IsStatic ? method.GetParameters()[0].ParameterType : method.DeclaringType!;

    private static IEnumerable<ParameterInfo> Parameters(MethodInfo method) =>
        method.GetParameters().Skip(method.IsStatic ? 1 : 0);

    private static object? Argument(ParameterInfo parameter, int variant, CancellationToken cancellationToken) =>
        parameter.ParameterType == typeof(CancellationToken) ? cancellationToken
        : Arguments.TryGetValue(parameter.ParameterType, out var values) ? values()[variant]
        : throw new InvalidOperationException($"Say in {nameof(ApiCalls)} what a {parameter.ParameterType} can be.");

    private static ObservedState State() => new()
    {
        EngineHost = "x",
        ProjectName = "x",
        ApiMinor = 51,
        Networks = [new ObservedNetwork("x", "x", new Dictionary<string, string>(), null)],
        Volumes = [new ObservedVolume("x", new Dictionary<string, string>())],
    };
}
