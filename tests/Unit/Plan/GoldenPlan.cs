namespace Compose.Tests.Plan;

/// <summary>Compares the text of a plan with Golden/NAME.txt. UPDATE_GOLDENS names a directory to write new ones to.</summary>
internal static class GoldenPlan
{
    /// <summary>The names of a table of situations, as a theory's data.</summary>
    public static TheoryData<string> Names(IReadOnlyDictionary<string, Func<object>> situations) => [.. situations.Keys];

    public static void Verify(string name, object plan)
    {
        var text = plan.ToString()!;
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDENS") is { Length: > 0 } directory)
            File.WriteAllText(Path.Combine(directory, name + ".txt"), text);
        var file = Path.Combine(AppContext.BaseDirectory, "Golden", name + ".txt");
        Assert.True(File.Exists(file), $"There is no golden '{name}'. The plan is:\n{text}");
        Assert.Equal(File.ReadAllText(file).Replace("\r\n", "\n"), text);
    }
}
