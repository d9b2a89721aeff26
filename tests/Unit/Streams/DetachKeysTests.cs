using System.Text;
using Compose.Errors;
using Compose.Streams.Terminal;

namespace Compose.Tests.Streams;

public class DetachKeysTests
{
    [Theory]
    [InlineData("ctrl-p,ctrl-q", "ab", "ab", false)]
    [InlineData("ctrl-p,ctrl-q", "\u0010\u0011", "", true)]
    [InlineData("ctrl-p,ctrl-q", "a\u0010\u0011b", "a", true)]
    [InlineData("ctrl-p,ctrl-q", "\u0010x", "\u0010x", false)]
    [InlineData("ctrl-p,ctrl-q", "\u0010\u0010\u0011", "\u0010", true)]
    [InlineData("ctrl-p,ctrl-q", "\u0011", "\u0011", false)]
    [InlineData("a,b", "aab", "a", true)]
    [InlineData("CTRL-a,x", "\u0001x", "", true)]
    [InlineData("ctrl-@", "\0", "", true)]
    [InlineData("ctrl-_", "\u001f", "", true)]
    public void Only_the_whole_sequence_detaches(string keys, string typed, string sent, bool detaches)
    {
        var whole = DetachKeys.Parse(keys);
        var bytes = Encoding.UTF8.GetBytes(typed);
        Assert.Equal(sent, Encoding.UTF8.GetString(whole.Filter(bytes, bytes.Length, out var isDetach)));
        Assert.Equal(detaches, isDetach);

        // Keys that arrive one by one mean the same.
        var single = DetachKeys.Parse(keys);
        var (output, left) = (new List<byte>(), false);
        foreach (var octet in bytes.TakeWhile(_ => !left))
            output.AddRange(single.Filter([octet], 1, out left));
        Assert.Equal((sent, detaches), (Encoding.UTF8.GetString([.. output]), left));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ctrl-")]
    [InlineData("ctrl-1")]
    [InlineData("shift-a")]
    [InlineData("a,")]
    [InlineData("ä")]
    public void What_is_no_key_is_refused(string keys) =>
        Assert.Equal("DetachKeysInvalid", Assert.Throws<ComposeException>(() => DetachKeys.Parse(keys)).Info.Id);
}
