using System.Text;

namespace Compose.Images.Tar;

/// <summary>A field of a tar header: where it begins and how long it is, in octets.</summary>
internal readonly record struct TarField(int Offset, int Size)
{
    public static readonly TarField Name = new(0, 100);
    public static readonly TarField Mode = new(100, 8);
    public static readonly TarField UserId = new(108, 8);
    public static readonly TarField GroupId = new(116, 8);
    public static readonly TarField Length = new(124, 12);
    public static readonly TarField Modified = new(136, 12);
    public static readonly TarField Checksum = new(148, 8);
    public static readonly TarField Type = new(156, 1);
    public static readonly TarField LinkName = new(157, 100);
    public static readonly TarField Magic = new(257, 6);
    public static readonly TarField Version = new(263, 2);

    /// <summary>What goes before the name, where it is longer than its field.</summary>
    public static readonly TarField Prefix = new(345, 155);
}

/// <summary>The block before an entry's content: ustar's fields, with GNU's large numbers.</summary>
internal sealed class TarHeader
{
    /// <summary>Headers have this many octets, and content is filled up to a multiple of it.</summary>
    public const int Block = 512;

    public byte[] Octets { get; } = new byte[Block];

    public bool IsEmpty => Array.TrueForAll(Octets, octet => octet == 0);

    public char Type
    {
        get => (char)Octets[TarField.Type.Offset];
        set => Octets[TarField.Type.Offset] = (byte)value;
    }

    /// <summary>The octets that follow content of this length, up to the next block.</summary>
    public static int Padding(long length) => (int)((Block - (length % Block)) % Block);

    public string Text(TarField field)
    {
        var length = Array.IndexOf(Octets, (byte)0, field.Offset, field.Size) is var end && end >= 0
            ? end - field.Offset
            : field.Size;
        return Encoding.UTF8.GetString(Octets, field.Offset, length);
    }

    /// <summary>Writes text, cut off where the field ends.</summary>
    public void SetText(TarField field, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        Buffer.BlockCopy(octets, 0, Octets, field.Offset, Math.Min(octets.Length, field.Size));
    }

    /// <summary>Octal digits, or binary where the first bit is set.</summary>
    public long Number(TarField field)
    {
        if ((Octets[field.Offset] & 0x80) != 0)
            return Binary(field);
        long number = 0;
        foreach (var digit in Text(field).Trim(' '))
        {
            if (digit is < '0' or > '7')
                throw TarReader.Damaged("a number is not octal");
            number = (number << 3) | (uint)(digit - '0');
        }

        return number;
    }

    /// <summary>Writes octal digits up to the field's last octet, which stays as it is.</summary>
    public void SetNumber(TarField field, long value)
    {
        var size = field.Size - 1;
        SetText(field with { Size = size }, Convert.ToString(value, 8).PadLeft(size, '0'));
    }

    public bool HasRightChecksum() => Sum() == Number(TarField.Checksum);

    /// <summary>Writes the checksum, once all else is written.</summary>
    public void Seal()
    {
        SetText(TarField.Checksum, new string(' ', TarField.Checksum.Size));
        SetNumber(TarField.Checksum with { Size = TarField.Checksum.Size - 1 }, Sum());
    }

    private long Binary(TarField field)
    {
        long number = Octets[field.Offset] & 0x3F;
        for (var index = 1; index < field.Size; index++)
        {
            if (number >= 1L << 55)
                throw TarReader.Damaged("a number is too large");
            number = (number << 8) | Octets[field.Offset + index];
        }

        return number;
    }

    /// <summary>All octets, with blanks in the place of the checksum.</summary>
    private int Sum()
    {
        var sum = TarField.Checksum.Size * ' ';
        for (var index = 0; index < Block; index++)
            sum += index >= TarField.Checksum.Offset && index < TarField.Checksum.Offset + TarField.Checksum.Size
                ? 0
                : Octets[index];
        return sum;
    }
}
