using Compose.Files;
using Compose.Model;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>The meaning of values in short or unusual forms, as docker compose 2.40.3 reads them.</summary>
public class WrittenFormTests
{
    private static ServiceDefinition Service(string attribute, bool windows = false, string dotEnv = "") => LoadedFiles.Load(
        [$"services:\n  a:\n    image: i\n    {attribute}\nvolumes: {{data: }}\n"],
        new Dictionary<string, string> { [".env"] = dotEnv },
        request => request with { Windows = windows }).Project!.Services["a"];

    [Theory]
    [InlineData("data:/d:Z", "volume rw Z - False")]
    [InlineData("data:/d:z,ro", "volume ro z - False")]
    [InlineData("data:/d:ro,rw", "volume rw - - False")]
    [InlineData("data:/d:rw,ro", "volume ro - - False")]
    [InlineData("data:/d:nocopy,z", "volume rw z - True")]
    [InlineData("data:/d:rshared", "volume rw - rshared False")]
    [InlineData("/x:/d:z,Z,shared,private", "bind rw Z private False")]
    [InlineData("/x:/d:nocopy", "bind rw - - True")]
    [InlineData("a:b", "volume rw - - False")]
    public void The_options_of_a_mount_are_kept(string mount, string expected)
    {
        var read = Assert.Single(Service($"volumes: ['{mount}']").Volumes);

        Assert.Equal(
            expected,
            $"{read.Type} {(read.ReadOnly ? "ro" : "rw")} {read.Bind?.SELinux ?? "-"} {read.Bind?.Propagation ?? "-"} "
                + $"{read.Volume?.NoCopy == true}");
        Assert.Equal(read.Type == "volume" || mount.Contains("nocopy", StringComparison.Ordinal), read.Volume is not null);
    }

    [Fact]
    public void One_letter_before_a_colon_is_a_drive() =>
        Assert.Equal(
            (null, "a:b"), (Service("volumes: ['a:b']").Volumes[0].Source, Service("volumes: ['a:b']").Volumes[0].Target));

    [Theory]
    [InlineData("data:/d:rshared", "propagation")]
    [InlineData("/x:/d:nocopy", "nocopy")]
    public void An_option_the_mount_cannot_have_is_warned_about(string mount, string named)
    {
        var warning = Assert.Single(
            LoadedFiles.Load($"services:\n  a:\n    image: i\n    volumes: ['{mount}']\nvolumes: {{data: }}\n").Diagnostics);

        Assert.Equal(
            (DiagnosticSeverity.Warning, "WithoutEffect", 4, 15), (warning.Severity, warning.Id, warning.Line, warning.Column));
        Assert.Contains(named, warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_keys_of_an_ssh_build_are_files_of_the_project()
    {
        var project = LoadedFiles.Load(
            ["services: {a: {build: {context: ., ssh: [default, key=./k, up=../k, abs=/k, home=~/k]}}, "
                + "b: {build: {context: ., ssh: {k: ./k}}}}"],
            new Dictionary<string, string>(),
            request => request with { Environment = new Dictionary<string, string> { ["HOME"] = "/home/me" } }).Project!;
        string At(string path) => Path.GetFullPath(Path.Combine(project.WorkingDirectory, path));

        Assert.Equal(
            [
                "default", "key=" + At("k"), "up=" + At("../k"), "abs=/k",
                "home=" + Path.GetPathRoot(project.WorkingDirectory) + Path.Combine("home", "me", "k"),
            ],
            project.Services["a"].Build!.Ssh);
        Assert.Equal(["k=" + At("k")], project.Services["b"].Build!.Ssh);
    }

    [Theory]
    [InlineData(true, "/c/b")]
    [InlineData(false, "C:\\b")]
    public void Paths_of_drives_are_rewritten_on_Windows_alone(bool windows, string source) =>
        Assert.Equal(source, Service("volumes: ['C:\\b:/x']", windows, "COMPOSE_CONVERT_WINDOWS_PATHS=1\n").Volumes[0].Source);

    [Theory]
    [InlineData("cpu_percent: 2.5", "a whole number from 0 to 100")]
    [InlineData("cpu_percent: '2.5'", "a whole number from 0 to 100")]
    [InlineData("cpu_percent: ' 5'", "a whole number from 0 to 100")]
    [InlineData("container_name: ''", "a name of at least two letters")]
    [InlineData("container_name: ${NOWHERE:-}", "a name of at least two letters")]
    [InlineData("cpu_percent: 101", "a whole number from 0 to 100")]
    [InlineData("cpu_count: 2.5", "a whole number of at least 0")]
    [InlineData("oom_score_adj: 2.5", "a whole number from -1000 to 1000")]
    public void A_fraction_is_refused_in_words_that_fit(string attribute, string words) =>
        Assert.Contains(
            words, Assert.Single(LoadedFiles.Load($"services:\n  a:\n    image: i\n    {attribute}\n").Diagnostics).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_dependency_that_is_disabled_names_its_profile_and_the_way_out()
    {
        var error = Assert.Single(
            LoadedFiles.Load(
                "services:\n  a:\n    image: i\n    depends_on: [b]\n  b: {image: i, profiles: [debug, full]}\n").Diagnostics);

        Assert.Equal(("DisabledDependency", 4, 18), (error.Id, error.Line, error.Column));
        Assert.Contains("'debug' or 'full'", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Profile debug", error.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("command: node x 8090 2>&1", "2>&1")]
    [InlineData("command: mkdir x && ls", "&&")]
    [InlineData("command: server > /dev/null", ">")]
    [InlineData("command: server >/dev/null", ">/dev/null")]
    [InlineData("command: a | b", "|")]
    [InlineData("command: a || b", "||")]
    [InlineData("command: a; b", "a;")]
    [InlineData("command: a ; b", ";")]
    [InlineData("command: a &", "&")]
    [InlineData("entrypoint: cat < f", "<")]
    [InlineData("command: sh -c 'a && b' && c", "&&")]
    public void A_word_only_a_shell_understands_is_kept_and_warned_about(string attribute, string word)
    {
        var result = LoadedFiles.Load($"services:\n  a:\n    image: i\n    {attribute}\n");

        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal((DiagnosticSeverity.Warning, "ShellOperatorInCommand", 4), (warning.Severity, warning.Id, warning.Line));
        Assert.Equal(attribute.IndexOf(' ') + 6, warning.Column);
        Assert.StartsWith($"'{word}' ", warning.Message, StringComparison.Ordinal);
        Assert.Contains("no shell runs this", warning.Message, StringComparison.Ordinal);
        var service = result.Project!.Services["a"];
        Assert.Contains(word, service.Command ?? service.Entrypoint!);
    }

    [Theory]
    [InlineData("command: http://h/?x=1&y=2")]
    [InlineData("command: --label=<none> --x")]
    [InlineData("command: run a>b c")]
    [InlineData("command: find . -exec cat {} \\;")]
    [InlineData("command: sh -c 'a && b; c > d'")]
    [InlineData("command: [a, '&&', b]")]
    [InlineData("command: grep \"|\" x")]
    [InlineData("healthcheck: {test: a && b}")]
    public void A_word_of_the_program_is_not(string attribute) =>
        Assert.Empty(LoadedFiles.Load($"services:\n  a:\n    image: i\n    {attribute}\n").Diagnostics);

    [Theory]
    [InlineData("security_opt: [x]")]
    [InlineData("group_add: ['1']")]
    [InlineData("device_cgroup_rules: [c 1:1 rwm]")]
    [InlineData("external_links: [x]")]
    public void A_repeat_through_extends_or_a_later_file_is_refused_at_its_place(string attribute)
    {
        var extended = LoadedFiles.Load(
            $"services:\n  base: {{image: i, {attribute}}}\n  a:\n    extends: base\n    {attribute}\n");
        var overridden = LoadedFiles.Load($"services: {{a: {{image: i, {attribute}}}}}", $"services: {{a: {{{attribute}}}}}");

        Assert.Equal(("DuplicateItem", 5), (Assert.Single(extended.Diagnostics).Id, extended.Diagnostics[0].Line));
        Assert.Equal(
            ("DuplicateItem", "compose.1.yaml"),
            (Assert.Single(overridden.Diagnostics).Id, Path.GetFileName(overridden.Diagnostics[0].File)));
    }

    [Fact]
    public void A_host_two_files_give_different_addresses_has_both() => Assert.Equal(["h:1.1.1.1", "k:2.2.2.2", "h:3.3.3.3"],
        LoadedFiles.Load(
            "services: {a: {image: i, extra_hosts: ['h:1.1.1.1', k=2.2.2.2]}}",
            "services: {a: {extra_hosts: ['h:3.3.3.3', k=2.2.2.2]}}").Project!.Services["a"].ExtraHosts);

    [Fact]
    public void A_host_that_one_list_names_twice_with_one_address_is_refused() =>
        Assert.Equal(
            "DuplicateItem",
            Assert.Single(LoadedFiles.Load("services: {a: {image: i, extra_hosts: ['h:1.1.1.1', 'h:1.1.1.1']}}").Diagnostics).Id);
}
