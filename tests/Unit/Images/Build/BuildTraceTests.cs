using System.Text;
using Compose.Images.Build;

namespace Compose.Tests.Images.Build;

/// <summary>BuildKit's progress messages.</summary>
public class BuildTraceTests
{
    [Fact]
    public void Steps_and_their_output_are_read_and_the_rest_is_passed_over()
    {
        var step = Message(
            Text(1, "sha256:a"), Text(3, "RUN make"), Varint(4, 1), Text(5, "t"), Text(7, "exit code: 2"),
            [0x29, 1, 2, 3, 4, 5, 6, 7, 8]);
        var output = Message(Text(1, "sha256:a"), Varint(3, 2), Text(4, "oh no\n"));

        var trace = BuildTrace.Parse(Message(Text(1, step), Text(2, Message(Text(1, "x"))), Text(3, output)));

        Assert.Equal(
            new BuildStep { Digest = "sha256:a", Name = "RUN make", Started = true, Error = "exit code: 2" },
            Assert.Single(trace.Steps));
        Assert.Equal(new BuildOutput("sha256:a", "oh no\n"), Assert.Single(trace.Outputs));
    }

    [Fact]
    public void A_message_that_is_cut_ends_quietly() =>
        Assert.Empty(BuildTrace.Parse([0x0A, 0x7F, 0x01]).Outputs);

    private static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(field => field)];

    private static byte[] Text(int field, string text) => Text(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Text(int field, byte[] content) => [(byte)((field << 3) | 2), (byte)content.Length, .. content];

    private static byte[] Varint(int field, byte value) => [(byte)(field << 3), value];
}
