using System.Globalization;
using System.Text;
using Compose.Errors;
using Compose.Files.Reading;
using Compose.Images.Build;

namespace Compose.Images.Buildx;

/// <summary>
/// Converts a build section to a docker buildx command. Secrets and build arguments are passed in the environment, so that
/// process lists do not show them; <see cref="BuildxArguments"/> has the exceptions.
/// </summary>
/// <param name="Arguments">The arguments of docker.</param>
/// <param name="StandardInput">The inline Dockerfile, or null.</param>
/// <param name="Variables">Variables to add to the command's environment.</param>
internal sealed record BuildxCommand(
    IReadOnlyList<string> Arguments, string? StandardInput, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>
    /// The directory to run docker in: relative paths of ssh, cache_from and cache_to are relative to the project's. Null for the
    /// current directory.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>The arguments as one line, quoted by the rules by which .NET splits it on every system.</summary>
    public string CommandLine => string.Join(" ", Arguments.Select(Quote));

    /// <param name="request">The image to build.</param>
    /// <param name="checks">Whether to check the Dockerfile instead of building it.</param>
    public static BuildxCommand Create(BuildRequest request, bool checks = false)
    {
        var build = request.Build;
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var arguments = new List<string> { "buildx", "build", "--progress", "plain" };
        if (checks)
            arguments.AddRange(["--call", "check,format=json"]);
        // --load cannot load several platforms into an engine without the containerd image store.
        else if (build.Platforms.Count > 1)
            arguments.AddRange(["--output", request.Push ? "type=image,push=true" : "type=image"]);
        else
            arguments.Add("--load");
        Each("--builder", Optional(request.Builder));
        Each("--tag", build.Tags.Prepend(request.Image).Distinct());
        Each("--file", build.DockerfileInline is not null ? ["-"] : build.Dockerfile is { } file ? [File(request, file)] : []);
        Each("--target", Optional(build.Target));
        Each("--build-arg", BuildxArguments.Create(request, variables));
        Each("--label", BuildQuery.Labels(request).Select(label => $"{label.Key}={label.Value}"));
        Each("--cache-from", build.CacheFrom);
        Each("--cache-to", build.CacheTo);
        Each("--add-host", build.ExtraHosts);
        Each("--network", Optional(build.Network));
        Each("--shm-size", Optional(build.ShmSize?.ToString(CultureInfo.InvariantCulture)));
        Each(
            "--ulimit",
            build.Ulimits.Select(limit =>
                string.Format(CultureInfo.InvariantCulture, "{0}={1}:{2}", limit.Key, limit.Value.Soft, limit.Value.Hard)));
        Each("--no-cache-filter", build.NoCacheFilter);
        Each("--platform", build.Platforms.Count > 0 ? [string.Join(",", build.Platforms)] : Optional(request.Platform));
        Each("--ssh", build.Ssh);
        Each("--secret", build.Secrets.Select((secret, index) => Secret(request, secret, index, variables)));
        Each(
            "--build-context",
            build.AdditionalContexts.Select(context => $"{context.Key}={ImageContexts.Resolve(request, context.Value)}"));
        Each("--allow", build.Entitlements.Concat(build.Privileged ? ["security.insecure"] : []).Distinct());
        Each("--provenance", Optional(build.Provenance));
        Each("--sbom", Optional(build.Sbom));
        if (build.NoCache || request.NoCache)
            arguments.Add("--no-cache");
        if (build.Pull || request.Pull)
            arguments.Add("--pull");
        arguments.Add(build.Context);
        return new BuildxCommand(arguments, build.DockerfileInline, variables) { Directory = request.Project.WorkingDirectory };

        void Each(string option, IEnumerable<string> values)
        {
            foreach (var value in values)
                arguments.AddRange([option, value]);
        }
    }

    private static IEnumerable<string> Optional(string? value) => value is { Length: > 0 } ? [value] : [];

    /// <summary>
    /// The Dockerfile's path: relative to a remote context; for a local one a full path, as docker runs elsewhere.
    /// </summary>
    private static string File(BuildRequest request, string file) =>
        PathResolver.IsRemote(request.Build.Context) ? file : Path.Combine(request.Build.Context, file);

    private static string Secret(
        BuildRequest request, Model.FileObjectReference secret, int index, Dictionary<string, string> variables)
    {
        var id = secret.Target ?? secret.Source;
        if (!request.Project.Secrets.TryGetValue(secret.Source, out var definition) || definition.External)
            throw ImageErrors.NeedsSession.Exception(
                $"{secret.Origin}: the secret '{secret.Source}' is not one a build can be given: it is neither a file nor a "
                    + "variable.",
                secret.Source);
        if (definition.File is { } file)
            return Field($"id={id}") + "," + Field($"src={file}");
        var variable = string.Format(CultureInfo.InvariantCulture, "COMPOSE_BUILD_SECRET_{0}", index);
        variables[variable] = definition.Content ?? "";
        return Field($"id={id}") + $",env={variable}";
    }

    /// <summary>Quotes a value of an option that is a line of comma-separated values.</summary>
    private static string Field(string text) => text.IndexOfAny([',', '"']) < 0 ? text : "\"" + text.Replace("\"", "\"\"") + "\"";

    private static string Quote(string argument)
    {
        if (argument.Length > 0 && argument.IndexOfAny([' ', '\t', '\n', '"']) < 0)
            return argument;
        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var character in argument)
        {
            if (character == '\\')
            {
                backslashes++;
                continue;
            }

            // Backslashes are special only before a quote, where each is doubled.
            quoted.Append('\\', character == '"' ? (backslashes * 2) + 1 : backslashes).Append(character);
            backslashes = 0;
        }

        return quoted.Append('\\', backslashes * 2).Append('"').ToString();
    }
}
