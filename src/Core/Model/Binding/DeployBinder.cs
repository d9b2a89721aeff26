using Compose.Files.Canonical;
using Compose.Yaml;

namespace Compose.Model.Binding;

/// <summary>Binds <c>deploy</c> sections.</summary>
internal static class DeployBinder
{
    public static DeployDefinition Bind(YamlMapping tree) => new()
    {
        Replicas = tree.Int("replicas"),
        Mode = tree.Text("mode"),
        EndpointMode = tree.Text("endpoint_mode"),
        Labels = tree.Pairs("labels"),
        Limits = Resources(tree, "limits"),
        Reservations = Resources(tree, "reservations"),
        RestartPolicy = tree.Map("restart_policy") is { } policy
            ? new RestartPolicyDefinition
            {
                Condition = policy.Text("condition"), Delay = policy.Duration("delay"), MaxAttempts = policy.Int(
                    "max_attempts"), Window = policy.Duration("window"),
            }
            : null,
        UpdateConfig = Update(tree, "update_config"),
        RollbackConfig = Update(tree, "rollback_config"),
        Placement = tree.Map("placement") is { } placement
            ? new PlacementDefinition
            {
                Constraints = placement.Texts("constraints"),
                Preferences = [.. placement.Maps("preferences").Select(preference => preference.Text("spread") ?? "")],
                MaxReplicasPerNode = placement.Int("max_replicas_per_node"),
            }
            : null,
    };

    private static DeployResources? Resources(YamlMapping deploy, string name) => deploy.Map("resources")?.Map(name) is { } tree
        ? new DeployResources
        {
            Cpus = tree.Number("cpus"),
            Memory = tree.Long("memory"),
            Pids = tree.Long("pids"),
            Devices = [.. tree.Maps("devices").Select(ResourceBinder.DeviceRequest)],
            GenericResources = [
                .. tree.Maps("generic_resources").Select(resource => resource.Map("discrete_resource_spec")).OfType<YamlMapping>()
                .Select(spec => new GenericResourceDefinition(
                    spec.Text("kind") ?? "", WholeNumber.Of(spec.Number("value") ?? 0) as long? ?? 0))],
        }
        : null;

    private static UpdateDefinition? Update(YamlMapping deploy, string name) => deploy.Map(name) is { } tree
        ? new UpdateDefinition
        {
            Parallelism = tree.Int("parallelism"),
            Delay = tree.Duration("delay"),
            FailureAction = tree.Text("failure_action"),
            Monitor = tree.Duration("monitor"),
            MaxFailureRatio = tree.Number("max_failure_ratio"),
            Order = tree.Text("order"),
        }
        : null;
}
