namespace Compose.Files.Interpolation;

/// <summary>A reference to a variable in a template.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Default">The unexpanded text after <c>:-</c> or <c>-</c>, or null.</param>
/// <param name="Alternate">The unexpanded text after <c>:+</c> or <c>+</c>, or null.</param>
/// <param name="Required">Whether the operator is <c>:?</c> or <c>?</c>.</param>
internal sealed record VariableReference(string Name, string? Default = null, string? Alternate = null, bool Required = false);
