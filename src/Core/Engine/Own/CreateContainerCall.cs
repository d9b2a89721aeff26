using System.Text.Json;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Transport;

namespace Compose.Engine.Own;

/// <summary>
/// POST /containers/create. Docker.DotNet has no MacAddress, which engines before API 1.44 need, and cannot send a restart policy
/// that it does not know.
/// </summary>
internal static class CreateContainerCall
{
    public static Task<CreateContainerResponse> CreateAsync(
        this ContainersApi containers,
        string? name,
        string? platform,
        CreateContainerRequest request,
        CancellationToken cancellationToken) =>
        containers.Requests.ReadAsync(
            HttpMethod.Post,
            new Query("/containers/create").Add("name", name).Add("platform", platform),
            EngineJson.Default.CreateContainerResponse,
            EngineTransport.Json(JsonSerializer.SerializeToUtf8Bytes(request, EngineJson.Default.CreateContainerRequest)),
            name ?? request.Image ?? "container",
            cancellationToken);
}
