using Compose.Engine.Dto;
using Compose.Execute.Running;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.Plan.Requests;
using Compose.Plan.Up;
using Compose.State;

namespace Compose.Tests.Plan;

/// <summary>What an engine reports for resources that were created exactly as in the file.</summary>
internal static class EngineView
{
    public static ContainerInspect Container(Situation situation, ObservedContainer container)
    {
        var service = situation.Project.Services[container.Service];
        var source = new ContainerSource
        {
            Project =
                situation.Project, Service =
                    service, Number = container.Number, FinalName = container.Name, Image = situation.Project.ImageOf(service),
            ApiMinor = situation.ApiMinor, Hashes = Hashing.Rules,
            Links = [.. service.Links.Select(EndpointTranslation.Link).Select(link => $"demo-{link.Service}-1:{link.Alias}")],
            Parents = ServiceOrder.Parents(service)
                .ToDictionary(name => name, name => ContainerReference.Existing(situation.State.Replicas(name)[0])),
        };
        var made = RequestBinder.Bind(source, new BindingResults(new Dictionary<int, string>()));
        return new ContainerInspect
        {
            Id = container.Id,
            Name = "/" + container.Name,
            HostConfig = made.HostConfig!,
            NetworkSettings = new SummaryNetworks(RequestBinder.Endpoints(source)),
            Config = new ContainerConfig
            {
                Image =
                    made.Image, Cmd =
                        made.Cmd, Entrypoint =
                            made.Entrypoint, Env = made.Env, Labels = made.Labels, User = made.User, WorkingDir = made.WorkingDir,
                Hostname = made.Hostname
                    ?? container.Id[..12], Domainname =
                        made.Domainname, StopSignal = made.StopSignal, StopTimeout = made.StopTimeout,
                Tty = made.Tty
                    ?? false, OpenStdin = made.OpenStdin
                    ?? false, ExposedPorts = made.ExposedPorts, Healthcheck = made.Healthcheck, MacAddress = made.MacAddress,
            },
        };
    }

    public static NetworkResource Network(PlanContext context, string key) =>
        NetworkPlanner.Request(context, context.Project.Networks[key]);

    public static VolumeResource Volume(PlanContext context, string key)
    {
        var made = VolumePlanner.Request(context, context.Project.Volumes[key]);
        return new VolumeResource { Name = made.Name, Driver = made.Driver, Options = made.DriverOpts, Labels = made.Labels };
    }

    public static PlanContext Context(Situation situation) =>
        new(situation.Project, situation.State, new UpOptions(), Answers.None, Hashing.Rules);
}
