namespace Compose.Execute.Watch;

/// <summary>A file or directory that was written or deleted.</summary>
internal sealed record FileChange(string Path, bool Deleted);

/// <summary>A change to apply to a container.</summary>
/// <param name="Path">The local path.</param>
/// <param name="ContainerPath">The path in the container.</param>
/// <param name="Deleted">Whether it is to be deleted.</param>
internal sealed record SyncItem(string Path, string ContainerPath, bool Deleted);

/// <summary>What to do for a batch of changes: rebuilds first, then copies, restarts and commands.</summary>
internal sealed record WatchBatch
{
    public required IReadOnlyList<string> Rebuild { get; init; }

    /// <summary>Changes by service, each path once.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<SyncItem>> Sync { get; init; }
    public required IReadOnlyList<string> Restart { get; init; }

    /// <summary>Each rule once, for any number of files.</summary>
    public required IReadOnlyList<WatchRule> Exec { get; init; }

    public static WatchBatch Of(IReadOnlyList<WatchRule> rules, IReadOnlyList<FileChange> changes)
    {
        var matches = (
            from rule in rules from change in changes where rule.Matches(change.Path) select (Rule: rule, Change: change))
                .ToList();
        return new WatchBatch
        {
            Rebuild = Services("rebuild"),
            Restart = [.. Services("restart").Concat(Services("sync+restart")).Distinct()],
            Exec = [
                .. matches.Where(match => match.Rule.Definition.Action == "sync+exec").Select(match => match.Rule).Distinct()],
            Sync = matches.Where(match => match.Rule.Syncs)
                .GroupBy(match => match.Rule.Service)
                .ToDictionary(group => group.Key, group => Items(group)),
        };

        IReadOnlyList<string> Services(string action) =>
            [.. matches.Where(match => match.Rule.Definition.Action == action).Select(match => match.Rule.Service).Distinct()];
    }

    private static IReadOnlyList<SyncItem> Items(IEnumerable<(WatchRule Rule, FileChange Change)> matches) =>
        [
            .. matches.Select(match =>
                new SyncItem(match.Change.Path, match.Rule.ContainerPath(match.Change.Path), match.Change.Deleted)).Distinct(),
        ];
}
