using Compose.Execute.Watch;
using Compose.Model;

namespace Compose.Tests.Execute.Watch;

/// <summary>Which files a rule applies to, and which actions a batch of changes causes.</summary>
public class WatchRuleTests
{
    [Theory]
    [InlineData("/p/src/a.js", true)]
    [InlineData("/p/src/deep/er/a.js", true)]
    [InlineData("/p/src", true)]
    [InlineData("/p/srcs/a.js", false)]
    [InlineData("/p/other.js", false)]
    [InlineData("/p/src/.git/HEAD", false)]
    [InlineData("/p/src/deep/.git/HEAD", false)]
    [InlineData("/p/src/.gitignore", true)]
    [InlineData("/p/src/.a.js.swp", false)]
    [InlineData("/p/src/a.js~", false)]
    [InlineData("/p/src/4913", false)]
    [InlineData("/p/src/#a.js#", false)]
    [InlineData("/p/src/.#a.js", false)]
    [InlineData("/p/src/.idea/workspace.xml", false)]
    [InlineData("/p/src/a.js___jb_tmp___", false)]
    public void A_rule_is_about_what_is_below_its_path_save_what_is_nobodys_source(string path, bool matches) =>
        Assert.Equal(matches, Rule("/p/src").Matches(Native(path)));

    [Theory]
    [InlineData("node_modules/", "", "", "/p/node_modules/x/y.js", false)]
    [InlineData("node_modules/", "", "", "/p/deep/node_modules/y.js", true)]
    [InlineData("**/node_modules", "", "", "/p/deep/node_modules/y.js", false)]
    [InlineData("*.log,!keep.log", "", "", "/p/keep.log", true)]
    [InlineData("*.log,!keep.log", "", "", "/p/lose.log", false)]
    [InlineData("", "*.js", "", "/p/a.js", true)]
    [InlineData("", "*.js", "", "/p/a.css", false)]
    [InlineData("", "**/*.js", "", "/p/deep/a.js", true)]
    [InlineData("a.js", "*.js", "", "/p/a.js", false)]
    [InlineData("", "", "*.md\nbuild", "/p/README.md", false)]
    [InlineData("", "", "*.md\nbuild", "/p/build/out", false)]
    [InlineData("", "", "*\n!src", "/p/src/a", true)]
    [InlineData("", "", "*\n!src", "/p/b", false)]
    public void Patterns_start_at_the_rules_path_and_dockerignore_at_the_context(
        string ignore, string include, string dockerIgnore, string path, bool matches) =>
        Assert.Equal(
            matches,
            Rule("/p", ignore: ignore, include: include, context: "/p", dockerIgnore: dockerIgnore).Matches(Native(path)));

    [Theory]
    [InlineData("/p/src", "/app", "/p/src/a/b.js", "/app/a/b.js")]
    [InlineData("/p/src", "/app/", "/p/src/b.js", "/app/b.js")]
    [InlineData("/p/src", "/app", "/p/src", "/app")]
    [InlineData("/p/file.txt", "/etc/file.conf", "/p/file.txt", "/etc/file.conf")]
    [InlineData("/p/file.txt", "/etc/", "/p/file.txt", "/etc")]
    [InlineData("/p/src", "/", "/p/src/b.js", "/b.js")]
    [InlineData("/p/src", "/app", "/p/src/.env", "/app/.env")]
    public void A_file_has_its_place_in_the_container(string path, string target, string file, string expected) =>
        Assert.Equal(expected, Rule(path, target: target).ContainerPath(Native(file)));

    [Theory]
    [InlineData("/p/node_modules", true)]
    [InlineData("/p/.git", true)]
    [InlineData("/p/src", false)]
    [InlineData("/p", false)]
    [InlineData("/", false)]
    [InlineData("/q", true)]
    public void Directories_without_a_file_of_the_rule_are_not_looked_into(string directory, bool prunes) =>
        Assert.Equal(prunes, Rule("/p", ignore: "node_modules").Prunes(Native(directory)));

    [Fact]
    public void A_directory_with_an_exception_is_looked_into() =>
        Assert.False(Rule("/p", ignore: "build,!build/keep").Prunes(Native("/p/build")));

    [Fact]
    public void Changes_that_come_together_are_done_once()
    {
        WatchRule[] rules =
        [
            Rule("/p/src", "sync", "/app"), Rule("/p/src", "sync", "/app"), Rule("/p/conf", "sync+restart", "/etc/app"),
            Rule("/p/pkg", "rebuild", service: "web"),
            Rule("/p/hook", "sync+exec", "/hook"), Rule("/p/flag", "restart", service: "db"),
        ];

        var batch = WatchBatch.Of(rules,
            [
                Change("/p/src/a"), Change("/p/src/b", true), Change("/p/conf/c"), Change("/p/pkg/x"), Change("/p/pkg/y"),
                Change("/p/hook/1"), Change("/p/hook/2"), Change("/p/flag/f", true), Change("/p/none"),
            ]);

        Assert.Equal(["web"], batch.Rebuild);
        Assert.Equal(["db", "web"], batch.Restart);
        Assert.Same(rules[4], Assert.Single(batch.Exec));
        Assert.Equal(
            [
                new(Native("/p/src/a"), "/app/a", false), new(Native("/p/src/b"), "/app/b", true),
                new(Native("/p/conf/c"), "/etc/app/c", false),
                new(Native("/p/hook/1"), "/hook/1", false), new(Native("/p/hook/2"), "/hook/2", false),
            ],
            Assert.Single(batch.Sync).Value);
    }

    internal static WatchRule Rule(
        string path, string action = "sync", string target = "/app", string ignore = "", string include = "", string context = "",
        string dockerIgnore = "", string service = "web") =>
        new(
            service,
            new WatchDefinition
            {
                Path = Native(path),
                Action = action,
                Target = target,
                Ignore = List(ignore),
                Include = List(include),
            },
            Native(context), dockerIgnore);

    private static FileChange Change(string path, bool deleted = false) => new(Native(path), deleted);

    /// <summary>A path of this machine: on Windows, notifications and listings use its separator.</summary>
    private static string Native(string path) => path.Replace('/', Path.DirectorySeparatorChar);

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
