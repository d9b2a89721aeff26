using Compose.Images.Dockerfiles;

namespace Compose.Tests.Images.Dockerfiles;

/// <summary>Where an instruction of a Dockerfile begins and ends, as BuildKit reads it.</summary>
public class DockerfileLinesTests
{
    [Theory]
    [InlineData("FROM a\nRUN b", "FROM a|RUN b")]
    [InlineData("FROM a\r\nRUN b\r\n", "FROM a|RUN b")]
    [InlineData("\uFEFFFROM a", "FROM a")]
    [InlineData("  FROM a\n\tRUN b", "FROM a|RUN b")]
    [InlineData("FROM a\n\n\n# RUN c\nRUN b", "FROM a|RUN b")]
    [InlineData("FROM \\\n  a", "FROM   a")]
    [InlineData("FR\\\nOM a", "FROM a")]
    [InlineData("RUN a \\  \n  b", "RUN a   b")]
    [InlineData("RUN a \\\n# comment\n  # another\n\n  b", "RUN a   b")]
    [InlineData("RUN a\\\\\nRUN b", "RUN a\\\\|RUN b")]
    [InlineData("RUN a \\", "RUN a ")]
    [InlineData("RUN a # no comment", "RUN a # no comment")]
    [InlineData("# escape=`\nRUN a `\n b\\\nRUN c", "RUN a  b\\|RUN c")]
    [InlineData("# syntax=x\n# ESCAPE = `\nRUN a `\n b", "RUN a  b")]
    [InlineData("# told\n# escape=`\nRUN a `\nRUN b", "RUN a `|RUN b")]
    [InlineData("\n# escape=`\nRUN a `\nRUN b", "RUN a `|RUN b")]
    [InlineData("FROM a\n# escape=`\nRUN a `\nRUN b", "FROM a|RUN a `|RUN b")]
    [InlineData("# check=skip=all\n# escape=`\nRUN a `\n b", "RUN a  b")]
    [InlineData("RUN <<EOF\nFROM b\nEOF\nRUN c", "RUN <<EOF|RUN c")]
    [InlineData("RUN <<eof.txt\nFROM b\neof.txt\nRUN c", "RUN <<eof.txt|RUN c")]
    [InlineData("COPY <<my-end /x\nFROM b\nmy-end\nRUN c", "COPY <<my-end /x|RUN c")]
    [InlineData("COPY <<\"my end\" /x\nFROM b\nmy end\nRUN c", "COPY <<\"my end\" /x|RUN c")]
    [InlineData("COPY <<'EOF' /x\nFROM b\nEOF\nRUN c", "COPY <<'EOF' /x|RUN c")]
    [InlineData("COPY <<E\"O\"F /x\nFROM b\nEOF\nRUN c", "COPY <<E\"O\"F /x|RUN c")]
    [InlineData("COPY <<a <<b /x/\nFROM 1\nb\na\nFROM 2\na\nb\nRUN c", "COPY <<a <<b /x/|RUN c")]
    [InlineData("RUN <<-EOF\n\tFROM b\n\tEOF\nRUN c", "RUN <<-EOF|RUN c")]
    [InlineData("RUN <<EOF\n\tEOF\nFROM b\nEOF\nRUN c", "RUN <<EOF|RUN c")]
    [InlineData("RUN <<EOF\nEOF \nFROM b\nEOF\nRUN c", "RUN <<EOF|RUN c")]
    [InlineData("RUN <<EOF\na \\\nEOF\nRUN c", "RUN <<EOF|RUN c")]
    [InlineData("RUN <<EOF\n# a\nEOF\nRUN c", "RUN <<EOF|RUN c")]
    [InlineData("RUN <<EOF\nnever ends", "RUN <<EOF")]
    [InlineData("RUN 3<<EOF cat\nFROM b\nEOF\nRUN c", "RUN 3<<EOF cat|RUN c")]
    [InlineData("RUN --mount=type=cache,target=/c <<EOF\nFROM b\nEOF\nRUN c", "RUN --mount=type=cache,target=/c <<EOF|RUN c")]
    [InlineData("ADD <<EOF /x\nFROM b\nEOF\nRUN c", "ADD <<EOF /x|RUN c")]
    [InlineData("ONBUILD RUN <<EOF\nFROM b\nEOF\nRUN c", "ONBUILD RUN <<EOF|RUN c")]
    [InlineData("RUN echo \"x <<EOF\"\nRUN c", "RUN echo \"x <<EOF\"|RUN c")]
    [InlineData("RUN echo $((1<<2))\nRUN c", "RUN echo $((1<<2))|RUN c")]
    [InlineData("RUN cat <<<EOF\nRUN c", "RUN cat <<<EOF|RUN c")]
    [InlineData("RUN [\"cat\", \"<<EOF\"]\nRUN c", "RUN [\"cat\", \"<<EOF\"]|RUN c")]
    [InlineData("CMD cat <<EOF\nRUN c", "CMD cat <<EOF|RUN c")]
    [InlineData("ENV A=<<EOF\nRUN c", "ENV A=<<EOF|RUN c")]
    [InlineData("RUN cat << EOF\nRUN c", "RUN cat << EOF|RUN c")]
    [InlineData("RUN cat <<\"\"\nFROM b", "RUN cat <<\"\"|FROM b")]
    [InlineData("RUN [ -d / ] && cat <<EOF ; [ -d / ]\nFROM b\nEOF\nRUN c", "RUN [ -d / ] && cat <<EOF ; [ -d / ]|RUN c")]
    [InlineData("RUN cat <<EOF>/x\nEOF\nFROM b\nEOF>/x\nRUN c", "RUN cat <<EOF>/x|RUN c")]
    [InlineData("COPY <<$X /x\nFROM b\n$X\nRUN c", "COPY <<$X /x|RUN c")]
    [InlineData("# escape=`\nCOPY <<E\\OF /x\nFROM b `\nEOF\nRUN c", "COPY <<E\\OF /x|RUN c")]
    [InlineData("\\\nFROM a", "FROM a")]
    [InlineData("RUN a \\\n# b \\\n c", "RUN a  c")]
    [InlineData("#!/bin/none\n# escape=`\nRUN a \\\n b", "RUN a  b")]
    [InlineData("# none=1\n# escape=`\nRUN a \\\n b", "RUN a  b")]
    [InlineData("  # escape=`\nRUN a `\n b", "RUN a  b")]
    [InlineData("\uFEFF# escape=`\nRUN a `\n b", "RUN a  b")]
    [InlineData("RUN \\\n  cat \\\n  <<EOF\nFROM b\nEOF\nRUN c", "RUN   cat   <<EOF|RUN c")]
    public void Instructions_are_read(string dockerfile, string expected) =>
        Assert.Equal(expected.Split('|'), DockerfileLines.Read(dockerfile).Instructions.Select(instruction => instruction.Text));

    [Theory]
    [InlineData("# syntax=a:1\nFROM b", "a:1")]
    [InlineData("#syntax=a:1\nFROM b", "a:1")]
    [InlineData("# SYNTAX = a:1 with options\nFROM b", "a:1")]
    [InlineData("#!/usr/bin/env builder\n# syntax=a:1\nFROM b", "a:1")]
    [InlineData("# escape=`\n# syntax=a:1\nFROM b", "a:1")]
    [InlineData("\uFEFF# syntax=a:1\r\nFROM b", "a:1")]
    [InlineData("// syntax=a:1\nother", "a:1")]
    [InlineData("{\"syntax\": \"a:1\"}", "a:1")]
    [InlineData("{\"syntax\": 1}", null)]
    [InlineData("{", null)]
    [InlineData("# told\n# syntax=a:1\nFROM b", null)]
    [InlineData("# none=1\n# syntax=a:1\nFROM b", null)]
    [InlineData(" # syntax=a:1\nFROM b", null)]
    [InlineData("\n# syntax=a:1\nFROM b", null)]
    [InlineData("FROM b\n# syntax=a:1", null)]
    public void The_syntax_line_is_at_the_top(string dockerfile, string? syntax) =>
        Assert.Equal(syntax, DockerfileLines.Read(dockerfile).Syntax);

    [Theory]
    [InlineData("COPY --from=a --chown=1 x y", "--from=a --chown=1", "x y")]
    [InlineData("COPY x --from=a", "", "x --from=a")]
    [InlineData("RUN --mount=type=bind,\"target=/a b\" true", "--mount=type=bind,\"target=/a b\"", "true")]
    [InlineData("RUN -- true", "", "-- true")]
    [InlineData("RUN echo it's", "", "echo it's")]
    public void Flags_come_before_values(string dockerfile, string flags, string values)
    {
        var instruction = Assert.Single(DockerfileLines.Read(dockerfile).Instructions);

        Assert.Equal(flags, string.Join(" ", instruction.Flags.Select(word => word.Text)));
        Assert.Equal(values, string.Join(" ", instruction.Values.Select(word => word.Text)));
    }

    [Fact]
    public void An_instruction_knows_the_line_it_begins_on() =>
        Assert.Equal(
            [1, 4, 8],
            DockerfileLines.Read(
                "FROM a \\\n  AS b\n\nRUN <<EOF\n\nFROM c\nEOF\nRUN d").Instructions.Select(instruction => instruction.Line));
}
