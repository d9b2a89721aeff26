namespace Compose.Yaml;

/// <summary>A place in a text; line and column are 1-based.</summary>
internal readonly record struct YamlMark(int Line, int Column);
