using System.Globalization;
using System.Text.Json;

namespace Compose.Model.Config;

/// <summary>Writes <c>deploy</c> sections.</summary>
internal sealed class DeployJson(Utf8JsonWriter json, ConfigForm form)
{
    public void Write(DeployDefinition deploy)
    {
        json.Text("mode", deploy.Mode);
        json.Exact("replicas", form.AlwaysDeploys ? 1 : form.KeepsBuild ? deploy.Replicas : null);
        json.Pairs("labels", deploy.Labels);
        Update("update_config", deploy.UpdateConfig);
        Update("rollback_config", deploy.RollbackConfig);
        json.Section("resources", () =>
        {
            Resources("limits", deploy.Limits);
            Resources("reservations", deploy.Reservations);
        });
        if (deploy.RestartPolicy is { } policy)
            json.Section("restart_policy", () => Restart(policy));
        json.Section("placement", () => Placement(deploy.Placement));
        json.Text("endpoint_mode", deploy.EndpointMode);
    }

    public void DeviceRequest(DeviceRequestDefinition request)
    {
        json.Texts("capabilities", request.Capabilities);
        json.Text("driver", request.Driver);
        json.Whole("count", form.CompletesDeviceRequests || request.CountIsSet ? request.Count : null);
        json.Texts("device_ids", request.DeviceIds);
        if (form.CompletesDeviceRequests)
            json.Pairs("options", request.Options);
    }

    private void Update(string name, UpdateDefinition? update)
    {
        if (update is null)
            return;
        json.Section(name, () =>
        {
            json.Exact("parallelism", update.Parallelism);
            json.Duration("delay", update.Delay);
            json.Text("failure_action", update.FailureAction);
            json.Duration("monitor", update.Monitor);
            json.Real("max_failure_ratio", update.MaxFailureRatio);
            json.Text("order", update.Order);
        });
    }

    private void Resources(string name, DeployResources? resources)
    {
        if (resources is null)
            return;
        json.Section(name, () =>
        {
            if (form.CpusAreText)
                json.Text("cpus", resources.Cpus?.ToString("0.#########", CultureInfo.InvariantCulture));
            else
                json.Real("cpus", resources.Cpus);
            json.Bytes("memory", resources.Memory);
            json.Whole("pids", resources.Pids);
            json.Items("devices", resources.Devices, DeviceRequest);
            json.Items("generic_resources", resources.GenericResources, resource => json.Section("discrete_resource_spec", () =>
            {
                json.Text("kind", resource.Kind);
                json.WriteNumber("value", resource.Value);
            }));
        });
    }

    private void Restart(RestartPolicyDefinition policy)
    {
        json.Text("condition", policy.Condition);
        json.Duration("delay", policy.Delay);
        json.Exact("max_attempts", policy.MaxAttempts);
        json.Duration("window", policy.Window);
    }

    private void Placement(PlacementDefinition? placement)
    {
        json.Texts("constraints", placement?.Constraints);
        json.Items("preferences", placement?.Preferences ?? [], spread => json.Text("spread", spread));
        json.Whole("max_replicas_per_node", placement?.MaxReplicasPerNode);
    }
}
