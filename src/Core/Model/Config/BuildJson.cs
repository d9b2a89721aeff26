using System.Text.Json;

namespace Compose.Model.Config;

/// <summary>Writes <c>build</c> sections.</summary>
internal sealed class BuildJson(Utf8JsonWriter json, ConfigForm form)
{
    public void Write(BuildDefinition build)
    {
        json.Text("context", build.Context);
        json.Text("dockerfile", build.Dockerfile);
        json.Text("dockerfile_inline", build.DockerfileInline);
        json.Texts("entitlements", build.Entitlements);
        json.Variables("args", build.Args);
        json.Text("provenance", build.Provenance);
        json.Text("sbom", build.Sbom);
        json.Texts("ssh", build.Ssh);
        json.Pairs("labels", build.Labels);
        json.Texts("cache_from", build.CacheFrom);
        json.Texts("cache_to", build.CacheTo);
        json.Flag("no_cache", build.NoCache);
        json.Texts("no_cache_filter", build.NoCacheFilter);
        json.Pairs("additional_contexts", build.AdditionalContexts);
        json.Flag("pull", build.Pull);
        json.Hosts("extra_hosts", build.ExtraHosts);
        json.Text("isolation", build.Isolation);
        json.Text("network", build.Network);
        json.Text("target", build.Target);
        json.Items("secrets", build.Secrets, new ServiceJson(json, form).FileObject);
        json.Bytes("shm_size", build.ShmSize);
        json.Texts("tags", build.Tags);
        new LimitsJson(json, form).Ulimits(build.Ulimits);
        json.Texts("platforms", build.Platforms);
        json.Flag("privileged", build.Privileged);
    }
}
