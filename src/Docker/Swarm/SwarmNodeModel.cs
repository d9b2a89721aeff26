using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>Converts nodes of a swarm from Docker.DotNet's models to our records.</summary>
internal static class SwarmNodeModel
{
    public static Dto.SwarmNode Read(NodeListResponse node) => new()
    {
        Id = Models.Text(node.ID)!,
        VersionIndex = Models.Index(node.Version),
        Hostname = Models.Text(node.Description?.Hostname),
        Labels = Models.Pairs(node.Spec?.Labels),
        EngineLabels = Models.Pairs(node.Description?.Engine?.Labels),
        Role = Models.Text(node.Spec?.Role),
        Availability = Models.Text(node.Spec?.Availability),
        State = Models.Text(node.Status?.State),
        Message = Models.Text(node.Status?.Message),
        Address = Models.Text(node.Status?.Addr),
        EngineVersion = Models.Text(node.Description?.Engine?.EngineVersion),
        Platform = node.Description?.Platform is { } platform ? SwarmResourceModel.Read(platform) : null,
        Resources = node.Description?.Resources is { } resources ? SwarmResourceModel.Read(resources) : null,
        ManagerStatus = node.ManagerStatus is { } manager
            ? new Dto.SwarmManagerStatus(manager.Leader ?? false, Models.Text(manager.Reachability), Models.Text(manager.Addr))
            : null,
        CreatedAt = Models.Time(node.CreatedAt),
    };
}
