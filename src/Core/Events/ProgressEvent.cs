namespace Compose.Events;

/// <summary>How far one piece of work has come.</summary>
internal sealed record ProgressEvent : ComposeEvent
{
    private ProgressEvent(ProgressKind kind, string id, string activity, string status, bool completed) =>
        (Kind, Id, Activity, Status, Completed) = (kind, id, activity, status, completed);

    /// <summary>What kind of work it is; sinks filter by it.</summary>
    public ProgressKind Kind { get; }

    /// <summary>A stable name of the work: <c>image redis:7</c>, <c>container web-1</c>.</summary>
    public string Id { get; }

    /// <summary>The work that this is a part of (a layer of a pull), or null.</summary>
    public string? ParentId { get; private init; }

    /// <summary>What is being done, as shown: <c>Pulling</c>, <c>Waiting</c>.</summary>
    public string Activity { get; }

    /// <summary>The current state, as shown: <c>Extracting</c>, <c>Healthy</c>.</summary>
    public string Status { get; }

    /// <summary>Units done (bytes, steps), or null.</summary>
    public long? Current { get; private init; }

    /// <summary>Units in all, or null if unknown.</summary>
    public long? Total { get; private init; }

    /// <summary>Whether this work is over.</summary>
    public bool Completed { get; private init; }

    /// <summary>The last line of output, for example of a build step; null if there is none.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether to show how long the status has lasted.</summary>
    public bool Timed { get; init; }

    /// <summary>Work that has begun or goes on.</summary>
    public static ProgressEvent Running(ProgressKind kind, string id, string activity, string status) =>
        new(kind, id, activity, status, completed: false);

    /// <summary>Work that is over, whether it succeeded or failed.</summary>
    public static ProgressEvent Ended(ProgressKind kind, string id, string activity, string status) =>
        new(kind, id, activity, status, completed: true);

    /// <summary>A layer of an image that is pulled or pushed.</summary>
    public static ProgressEvent Layer(ProgressKind kind, string image, string layer, string status, bool completed) =>
        new(kind, $"{image} {layer}", "Layer", status, completed) { ParentId = image };

    /// <summary>The same progress with the units done, and the units in all if they are known.</summary>
    public ProgressEvent Counting(long? current, long? total) => this with { Current = current, Total = total };
}

/// <summary>The kinds of work that show progress.</summary>
internal enum ProgressKind
{
    /// <summary>A step of a plan that has no kind of its own.</summary>
    Step,
    Wait,
    Copy,
    Build,
    Pull,
    Push,
}
