using System.Text.RegularExpressions;
using Compose.Images.Build;

namespace Compose.Images.Buildx;

/// <summary>
/// Build arguments for docker buildx. Every user of the machine can read a command line, so it has only the names, and the
/// program's environment has the values. Variables that change docker itself are the exception: their values are on the command
/// line.
/// </summary>
internal static class BuildxArguments
{
    /// <summary>
    /// Variables that change what docker, buildx, git, ssh, credential helpers or the dynamic loader do. A compose file must
    /// not set them in docker's environment.
    /// </summary>
    private static readonly Regex Own = new("^(?:" + string.Join("|",
    [
        "DOCKER_(?:HOST|CONTEXT|CONFIG|API_VERSION|CERT_PATH|TLS|TLS_VERIFY|CONTENT_TRUST|CONTENT_TRUST_SERVER)",
        "DOCKER_(?:DEFAULT_PLATFORM|CUSTOM_HEADERS|BUILDKIT|CLI_.*)",
        "BUILDX_.*", "BUILDKIT_(?:HOST|PROGRESS|COLORS|TTY_LOG_LINES|NO_CLIENT_TOKEN)",
        @"COMPOSE_BUILD_SECRET_\d+", "SOURCE_DATE_EPOCH",
        "GIT_(?:CONFIG.*|DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_.*|COMMON_DIR|EXEC_PATH)",
        "GIT_(?:SSH|SSH_COMMAND|ASKPASS|EDITOR|PAGER|PROXY_COMMAND|EXTERNAL_DIFF|TRACE.*)",
        "SSH_(?:AUTH_SOCK|AGENT_PID|ASKPASS|ASKPASS_REQUIRE)", "SSL_CERT_(?:FILE|DIR)",
        @"OTEL_(?!\w*HEADERS)\w+", "XDG_.*", "GO(?:DEBUG|TRACEBACK|MAXPROCS|GC|MEMLIMIT|COVERDIR)",
        // The configuration of cloud credential helpers and caches; the keys themselves are secrets and stay off the command
        // line.
        "AWS_(?:PROFILE|DEFAULT_PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE|SDK_LOAD_CONFIG|REGION|DEFAULT_REGION|CA_BUNDLE)",
        "AWS_(?:ENDPOINT_URL.*|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_CREDENTIALS_.*_URI|EC2_METADATA_.*|ECR_.*)",
        "GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_(?:CONFIG|ACTIVE_CONFIG_NAME)",
        "AZURE_(?:CONFIG_DIR|CLIENT_ID|TENANT_ID|AUTHORITY_HOST|FEDERATED_TOKEN_FILE)",
        "GNUPGHOME", "PASSWORD_STORE_(?:DIR|GPG_OPTS|EXTENSIONS_DIR|ENABLE_EXTENSIONS)",
        "LD_(?:PRELOAD|LIBRARY_PATH|AUDIT|DEBUG|DEBUG_OUTPUT|PROFILE)", "DYLD_.*", "GLIBC_TUNABLES", "GCONV_PATH", "LOCPATH",
        "BASH_ENV", "ENV", "IFS", "SHELLOPTS", "BASHOPTS",
        "PYTHON(?:PATH|HOME|STARTUP|WARNINGS|INSPECT)", "PERL5(?:LIB|OPT|DB)", "PERLLIB", "RUBY(?:OPT|LIB)",
        "NODE_(?:OPTIONS|PATH)", "_?JAVA_(?:TOOL_)?OPTIONS",
        "PATH", "PATHEXT", "HOME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "(?:LOCAL)?APPDATA", "PROGRAM(?:FILES|DATA)",
        "SYSTEMROOT", "WINDIR", "COMSPEC", "TMPDIR", "TEMP", "TMP",
        "TERM", "NO_COLOR", "LANG", "LANGUAGE", "LC_.*",
    ]) + ")$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly Regex Proxy = new(
        "^(?:HTTPS?|FTP|ALL|NO)_PROXY$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>The values of the --build-arg options.</summary>
    /// <param name="request">The image to build.</param>
    /// <param name="variables">Receives the environment variables with the values.</param>
    public static IEnumerable<string> Create(BuildRequest request, IDictionary<string, string> variables)
    {
        // buildx reads the proxies of docker's configuration itself.
        foreach (var argument in BuildQuery.Arguments(request with { Proxies = new Dictionary<string, string>() }))
        {
            if (IsDockers(argument.Key, argument.Value) || variables.Keys.Any(name => SameVariable(name, argument.Key)))
            {
                yield return $"{argument.Key}={argument.Value}";
                continue;
            }

            variables[argument.Key] = argument.Value;
            yield return argument.Key;
        }
    }

    /// <summary>Whether a value goes on the command line. A proxy's URL may, unless it has a login.</summary>
    private static bool IsDockers(string name, string value) => Proxy.IsMatch(name) ? value.IndexOf('@') < 0 : Own.IsMatch(name);

    /// <summary>Whether two names are one variable; on Windows case is ignored.</summary>
    private static bool SameVariable(string one, string other)
    {
        var windows = Path.DirectorySeparatorChar == '\\';
        return string.Equals(one, other, windows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }
}
