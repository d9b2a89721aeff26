using Compose.Images.Build;
using Compose.Images.Dockerfiles;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Dockerfiles;

/// <summary>The line of a Dockerfile for a step of a build.</summary>
public class DockerfileExcerptTests
{
    private const string Dockerfile = """
        FROM busybox
        RUN one \
        # a comment
          two
        COPY <<EOF /r
        RUN three
        EOF
        RUN <<EOF
        four
        EOF
        RUN five
        RUN five
        """;

    [Theory]
    [InlineData("[2/3] RUN one   two", ":2:1", "   2 | RUN one \\")]
    [InlineData("Step 2/3 : RUN one   two", ":2:1", "   2 | RUN one \\")]
    [InlineData("[last 2/3] RUN <<EOF (four)", ":8:1", "   8 | RUN <<EOF")]
    public void A_step_is_found_by_its_instruction(string step, string place, string text)
    {
        var found = Find(step);

        Assert.EndsWith("Dockerfile" + place, found!.Place, StringComparison.Ordinal);
        Assert.Equal(text, found.Text);
    }

    [Theory]
    [InlineData("[2/3] RUN three")]
    [InlineData("[2/3] RUN five")]
    [InlineData("[2/3] RUN six")]
    public void A_line_of_a_document_one_of_two_and_none_are_no_step(string step) => Assert.Null(Find(step));

    private static DockerfileExcerpt? Find(string step)
    {
        var folder = Directory.CreateTempSubdirectory("excerpt");
        File.WriteAllText(Path.Combine(folder.FullName, "Dockerfile"), Dockerfile);
        var project = LoadedFiles.Load("services: {a: {build: /}}").Project!;
        var service = project.Services["a"];
        var build = service.Build! with { Context = folder.FullName };
        try
        {
            return DockerfileExcerpt.Find(
                new BuildRequest { Project = project, Service = service with { Build = build }, Image = "a" }, step);
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
