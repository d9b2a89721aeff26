using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Plan;
using Compose.State;
using Compose.Swarm.Specs;

namespace Compose.Swarm.Plan;

/// <summary>
/// Plans what services use: checks what is external, and creates the networks, secrets and configs of the stack.
/// </summary>
internal static class ObjectPhase
{
    private const string Missing = "it does not exist";
    private const string Changed = "its content has changed";

    public static void Plan(DeployContext context)
    {
        foreach (var external in context.Wanted.External)
            Check(context, external);
        foreach (var network in context.Wanted.Networks)
            Plan(context, network);
        foreach (var secret in context.Wanted.Secrets)
            Plan(context, secret);
        foreach (var config in context.Wanted.Configs)
            Plan(context, config);
    }

    /// <exception cref="ComposeException">StackExternalMissing, StackExternalScope.</exception>
    private static void Check(DeployContext context, ExternalObject external)
    {
        var state = context.State;
        var network = external.Kind == "network"
            ? state.Networks.FirstOrDefault(network => network.Spec.Name == external.Name)
            : null;
        var exists = external.Kind switch
        {
            "network" => network is not null,
            "secret" => state.Secrets.Any(secret => secret.Spec.Name == external.Name),
            _ => state.Configs.Any(config => config.Spec.Name == external.Name),
        };
        if (!exists)
            throw StackErrors.ExternalMissing.Exception(
                $"{external.Origin}: the external {external.Kind} '{external.Name}' is not in the swarm.", external.Name);
        if (network is { Spec.Scope: not (null or "swarm") })
            throw StackErrors.ExternalScope.Exception(
                $"{external.Origin}: the external network '{external.Name}' is one of this engine alone, not of the swarm.",
                external.Name);
    }

    private static void Plan(DeployContext context, SwarmNetworkSpec wanted)
    {
        var target = StackTargets.Network(context.Key(wanted.Name));
        var found = context.State.Networks.Where(network => network.Spec.Name == wanted.Name).ToList();
        var actual = found.Find(network => IsOwn(context, network.Spec.Labels));
        if (actual is null && found.Find(network => network.Spec.Scope == "swarm") is not null)
            throw Taken(context, "network", wanted.Name);
        if (actual is null)
        {
            Create(context, "network", wanted.Name, Missing, new CreateStackNetwork
            {
                Target = target, Cause = Missing, Network = wanted.Name, Request = wanted,
            });
            return;
        }

        var changes = SpecComparer.Compare(wanted, actual.Spec);
        if (changes.Count == 0)
            return;
        var fields = string.Join(
            ", ", changes.Select(change => $"{change.Field}: {change.Old ?? "(none)"} -> {change.New ?? "(none)"}"));
        var question = "replace-network:" + context.Key(wanted.Name);
        if (context.Answers.Agrees(question))
            NetworkPhase.Replace(context, wanted, actual, changes);
        else
            context.Plan.Ask(
                question,
                $"Network '{wanted.Name}' has changed ({fields}). Replace it? Its services are removed and created again.");
    }

    private static void Plan(DeployContext context, SwarmSecretSpec wanted)
    {
        var actual = context.State.Secrets.FirstOrDefault(secret => secret.Spec.Name == wanted.Name);
        if (Exists(context, "secret", wanted.Name, wanted.Labels, actual?.Spec.Labels, actual is not null))
            return;
        var cause = context.State.OwnSecrets.Any(secret =>
            SameContent.IsSame(secret.Spec.Name, secret.Spec.Labels, wanted.Name, wanted.Labels)) ? Changed : Missing;
        Create(context, "secret", wanted.Name, cause, new CreateSecret
        {
            Target = StackTargets.Secret(context.Key(wanted.Name, wanted.Labels)),
            Cause = cause,
            Secret = wanted.Name,
            Request = wanted,
        });
    }

    private static void Plan(DeployContext context, SwarmConfigSpec wanted)
    {
        var actual = context.State.Configs.FirstOrDefault(config => config.Spec.Name == wanted.Name);
        if (Exists(context, "config", wanted.Name, wanted.Labels, actual?.Spec.Labels, actual is not null))
            return;
        var cause = context.State.OwnConfigs.Any(config =>
            SameContent.IsSame(config.Spec.Name, config.Spec.Labels, wanted.Name, wanted.Labels)) ? Changed : Missing;
        Create(context, "config", wanted.Name, cause, new CreateConfig
        {
            Target = StackTargets.Config(context.Key(wanted.Name, wanted.Labels)),
            Cause = cause,
            Config = wanted.Name,
            Request = wanted,
        });
    }

    /// <summary>A content never changes under its name; labels may, but stay as they were.</summary>
    private static bool Exists(
        DeployContext context, string kind, string name, IReadOnlyDictionary<string, string>? wanted,
        IReadOnlyDictionary<string, string>? actual, bool exists)
    {
        if (!exists)
            return false;
        if (!IsOwn(context, actual))
            throw Taken(context, kind, name);
        if (SpecComparer.Labels(wanted, actual) is { Count: > 0 } changes)
            context.Plan.Warn(
                $"The labels of {kind} '{name}' have changed ({string.Join(", ", changes.Select(change => change.Field))}). "
                + "They stay as they are, because its content has not changed.");
        return true;
    }

    private static void Create(DeployContext context, string kind, string name, string cause, PlanAction step) =>
        context.Created[(kind, name)] = context.Plan.Add(step, context.Plan.Operation("Create", step.Target, cause));

    private static bool IsOwn(DeployContext context, IReadOnlyDictionary<string, string>? labels) =>
        StackLabels.StackOf(labels) == context.State.Stack;

    private static ComposeException Taken(DeployContext context, string kind, string name) =>
        StackErrors.NameTaken.Exception(
            $"A {kind} '{name}' exists in the swarm, and does not belong to stack '{context.State.Stack}'.", name);
}
