using Compose.Errors;

namespace Compose.Streams.Terminal;

/// <summary>
/// The keys that detach from a terminal session while its process continues: <c>ctrl-p,ctrl-q</c>, in docker's spelling.
/// </summary>
internal sealed class DetachKeys
{
    public const string Default = "ctrl-p,ctrl-q";
    private readonly byte[] _sequence;
    private int _matched;

    private DetachKeys(string text, byte[] sequence) => (Text, _sequence) = (text, sequence);

    public string Text { get; }

    /// <summary>Reads a list of keys, each one character or <c>ctrl-</c> and one of a-z @ [ \ ] ^ _.</summary>
    /// <exception cref="ComposeException">DetachKeysInvalid.</exception>
    public static DetachKeys Parse(string text) => new(text, [.. text.Split(',').Select(key => Key(key, text))]);

    /// <summary>The typed keys to send. Keys that may begin the detach sequence are held back until that is decided.</summary>
    /// <param name="typed">The keys.</param>
    /// <param name="count">How many.</param>
    /// <param name="isDetach">True if the sequence is complete; later keys are dropped.</param>
    public byte[] Filter(byte[] typed, int count, out bool isDetach)
    {
        var sent = new List<byte>(count + _sequence.Length);
        for (var index = 0; index < count; index++)
        {
            if (typed[index] != _sequence[_matched])
            {
                sent.AddRange(_sequence.Take(_matched));
                _matched = 0;
            }

            if (typed[index] != _sequence[_matched])
                sent.Add(typed[index]);
            else if (++_matched == _sequence.Length)
                return Sent(true, out isDetach);
        }

        return Sent(false, out isDetach);

        byte[] Sent(bool detach, out bool isDetached)
        {
            isDetached = detach;
            return [.. sent];
        }
    }

    private static byte Key(string key, string text)
    {
        if (key.Length == 1 && key[0] < 0x80)
            return (byte)key[0];
        if (key.Length == 6 && key.StartsWith("ctrl-", StringComparison.OrdinalIgnoreCase))
        {
            var letter = char.ToUpperInvariant(key[5]);
            if (letter is >= '@' and <= '_')
                return (byte)(letter - '@');
        }

        throw StreamErrors.DetachKeysInvalid.Exception($"'{key}' in '{text}' is no key.", text);
    }
}
