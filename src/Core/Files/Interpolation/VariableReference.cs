namespace Compose.Files.Interpolation;

/// <summary>A variable as a template names it.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Default">What stands in when it is missing, as written, or null.</param>
/// <param name="Alternate">What stands in when it is there, as written, or null.</param>
/// <param name="Required">Whether it must have a value.</param>
internal sealed record VariableReference(string Name, string? Default = null, string? Alternate = null, bool Required = false);
