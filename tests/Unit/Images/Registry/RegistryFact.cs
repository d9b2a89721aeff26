namespace Compose.Tests.Images.Registry;

/// <summary>
/// A test with a registry of its own: needs an engine and the program docker-registry (Debian's package of that name).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RegistryFactAttribute : FactAttribute
{
    public RegistryFactAttribute() => Skip = TestRegistry.Absence;
}

/// <summary>Like <see cref="RegistryFactAttribute"/>, for each row of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RegistryTheoryAttribute : TheoryAttribute
{
    public RegistryTheoryAttribute() => Skip = TestRegistry.Absence;
}
