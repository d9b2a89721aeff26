using System.Text.RegularExpressions;
using Compose.Images.Build;

namespace Compose.Images.Buildx;

/// <summary>
/// Build arguments for docker buildx. Everyone on the machine can read a command line, so it holds names alone, and the values
/// are in the program's environment. Docker's own variables are the exception: there, a value would change docker itself.
/// </summary>
internal static class BuildxArguments
{
    /// <summary>
    /// Variables that change what docker, buildx, git, ssh, credential helpers or the system's loader do. A file must not set
    /// them.
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
        // What credential helpers and caches in a cloud go by; the keys themselves are secrets and stay off the line.
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

    /// <summary>What follows each --build-arg.</summary>
    /// <param name="request">What to build.</param>
    /// <param name="variables">Takes the values.</param>
    public static IEnumerable<string> Create(BuildRequest request, IDictionary<string, string> variables)
    {
        // The proxies of docker's configuration are buildx's own business: it reads them itself.
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

    /// <summary>A proxy's address says nothing secret unless a login is in it.</summary>
    private static bool IsDockers(string name, string value) => Proxy.IsMatch(name) ? value.IndexOf('@') < 0 : Own.IsMatch(name);

    /// <summary>Windows takes two names that differ in case alone for one variable.</summary>
    private static bool SameVariable(string one, string other)
    {
        var windows = Path.DirectorySeparatorChar == '\\';
        return string.Equals(one, other, windows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }
}
