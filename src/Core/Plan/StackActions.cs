using Compose.Engine.Dto;

namespace Compose.Plan;

/// <summary>Creates a network for the services of a stack.</summary>
public sealed record CreateStackNetwork : PlanAction
{
    internal CreateStackNetwork()
    {
    }

    public required string Network { get; init; }
    internal SwarmNetworkSpec Request { get; init; } = null!;
}

/// <summary>Removes a network of a stack.</summary>
public sealed record RemoveStackNetwork : PlanAction
{
    internal RemoveStackNetwork()
    {
    }

    public required string Network { get; init; }
    internal string NetworkId { get; init; } = null!;
}

/// <summary>Creates a secret of a stack.</summary>
public sealed record CreateSecret : PlanAction
{
    internal CreateSecret()
    {
    }

    public required string Secret { get; init; }
    internal SwarmSecretSpec Request { get; init; } = null!;
}

/// <summary>Removes a secret of a stack.</summary>
public sealed record RemoveSecret : PlanAction
{
    internal RemoveSecret()
    {
    }

    public required string Secret { get; init; }
    internal string SecretId { get; init; } = null!;

    /// <summary>True if it stays, with a warning, when a service of another stack uses it.</summary>
    internal bool Optional { get; init; }
}

/// <summary>Creates a config of a stack.</summary>
public sealed record CreateConfig : PlanAction
{
    internal CreateConfig()
    {
    }

    public required string Config { get; init; }
    internal SwarmConfigSpec Request { get; init; } = null!;
}

/// <summary>Removes a config of a stack.</summary>
public sealed record RemoveConfig : PlanAction
{
    internal RemoveConfig()
    {
    }

    public required string Config { get; init; }
    internal string ConfigId { get; init; } = null!;

    /// <summary>True if it stays, with a warning, when a service of another stack uses it.</summary>
    internal bool Optional { get; init; }
}

/// <summary>Creates a service of a stack.</summary>
public sealed record CreateService : PlanAction
{
    internal CreateService()
    {
    }

    public required string Service { get; init; }
    internal SwarmServiceSpec Request { get; init; } = null!;
}

/// <summary>Updates a service of a stack. The swarm replaces its tasks as update_config says.</summary>
public sealed record UpdateService : PlanAction
{
    internal UpdateService()
    {
    }

    public required string Service { get; init; }
    internal SwarmServiceSpec Request { get; init; } = null!;
    internal string ServiceId { get; init; } = null!;

    /// <summary>The version that was observed. The engine refuses the update if it is no longer the current one.</summary>
    internal long Version { get; init; }
}

/// <summary>Takes a service of a stack back to what it was before its last update.</summary>
public sealed record RollbackService : PlanAction
{
    internal RollbackService()
    {
    }

    public required string Service { get; init; }
    internal SwarmServiceSpec Current { get; init; } = null!;
    internal string ServiceId { get; init; } = null!;
    internal long Version { get; init; }
}

/// <summary>Removes a service of a stack with its tasks.</summary>
public sealed record RemoveService : PlanAction
{
    internal RemoveService()
    {
    }

    public required string Service { get; init; }
    internal string ServiceId { get; init; } = null!;
}

/// <summary>Waits until the tasks of a service run, or have completed if it is a job.</summary>
public sealed record WaitForRollout : PlanAction
{
    internal WaitForRollout()
    {
    }

    public required string Service { get; init; }

    /// <summary>The longest wait; null means no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether it follows a rollback that was asked for, which is then no failure.</summary>
    internal bool IsRollback { get; init; }

    /// <summary>How long all tasks have to run before the wait ends, if no update says that it is complete.</summary>
    internal TimeSpan Steady { get; init; }

    /// <summary>The service's name on the engine.</summary>
    internal string Name { get; init; } = null!;
}

/// <summary>Waits until the tasks of removed services are gone.</summary>
public sealed record WaitForRemoval : PlanAction
{
    internal WaitForRemoval()
    {
    }

    /// <summary>The names of the services.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    internal IReadOnlyList<string> ServiceIds { get; init; } = [];
}
