using System.Text.Json;

namespace Compose.Model.Config;

/// <summary>Writes a project with its networks, volumes, secrets, configs and models.</summary>
internal sealed class ProjectJson(Utf8JsonWriter json, ConfigForm form)
{
    public void Write(ComposeProject project)
    {
        json.Text("name", project.Name);
        json.WriteStartObject("services");
        foreach (var service in project.Services.Values.OrderBy(service => service.Name, StringComparer.Ordinal))
            json.Section(service.Name, () => new ServiceJson(json, form).Write(service));
        json.WriteEndObject();
        json.Map("networks", project.Networks, (_, network) => json.Section(() => Network(network)));
        json.Map("volumes", project.Volumes, (_, volume) => json.Section(() => Volume(volume)));
        json.Map("secrets", project.Secrets, (_, secret) => json.Section(() => FileObject(secret)));
        json.Map("configs", project.Configs, (_, config) => json.Section(() => FileObject(config)));
        json.Map("models", project.Models, (_, model) => json.Section(() => Model(model)));
        foreach (var extension in project.Extensions.OrderBy(extension => extension.Name, StringComparer.Ordinal))
        {
            json.WritePropertyName(extension.Name);
            TreeJson.Write(json, extension.Value);
        }
    }

    public void Network(NetworkDefinition network)
    {
        json.Text("name", network.Name);
        json.Text("driver", network.Driver);
        json.Pairs("driver_opts", network.DriverOptions);
        json.Section("ipam", () => Ipam(network.Ipam));
        json.Flag("external", network.External);
        json.Flag("internal", network.Internal);
        json.Flag("attachable", network.Attachable);
        json.Pairs("labels", network.Labels);
        json.Maybe("enable_ipv4", network.EnableIPv4);
        json.Maybe("enable_ipv6", network.EnableIPv6);
    }

    public void Volume(VolumeDefinition volume)
    {
        json.Text("name", volume.Name);
        json.Text("driver", volume.Driver);
        json.Pairs("driver_opts", volume.DriverOptions);
        json.Flag("external", volume.External);
        json.Pairs("labels", volume.Labels);
    }

    private void Ipam(IpamDefinition? ipam)
    {
        json.Text("driver", ipam?.Driver);
        json.Items("config", ipam?.Config ?? [], pool =>
        {
            json.Text("subnet", pool.Subnet);
            json.Text("gateway", pool.Gateway);
            json.Text("ip_range", pool.IpRange);
            json.Pairs("aux_addresses", pool.AuxAddresses);
        });
        if (form.KeepsIpamOptions)
            json.Pairs("options", ipam?.Options ?? new Dictionary<string, string>());
    }

    private void FileObject(FileObjectDefinition definition)
    {
        json.Text("name", definition.Name);
        json.Text("file", definition.File);
        json.Text("environment", definition.Environment);
        if (definition.Environment is null)
            json.Text("content", definition.Content);
        json.Flag("external", definition.External);
        json.Pairs("labels", definition.Labels);
        json.Text("driver", definition.Driver);
        json.Pairs("driver_opts", definition.DriverOptions);
        json.Text("template_driver", definition.TemplateDriver);
    }

    private void Model(ModelDefinition model)
    {
        json.Text("model", model.Model);
        json.Whole("context_size", model.ContextSize);
        json.Texts("runtime_flags", model.RuntimeFlags);
    }
}
