using System.Text;

namespace Compose.Images.Tar;

/// <summary>A field of a tar header: its offset and its size in bytes.</summary>
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

    /// <summary>The first part of a path that is longer than the name's field.</summary>
    public static readonly TarField Prefix = new(345, 155);
}

/// <summary>The header of a tar entry, with ustar's fields and GNU's large numbers.</summary>
internal sealed class TarHeader
{
    /// <summary>The size of a header in bytes. Content is padded to a multiple of it.</summary>
    public const int Block = 512;

    public byte[] Octets { get; } = new byte[Block];

    public bool IsEmpty => Array.TrueForAll(Octets, octet => octet == 0);

    public char Type
    {
        get => (char)Octets[TarField.Type.Offset];
        set => Octets[TarField.Type.Offset] = (byte)value;
    }

    /// <summary>The number of padding bytes after content of this length.</summary>
    public static int Padding(long length) => (int)((Block - (length % Block)) % Block);

    public string Text(TarField field)
    {
        var length = Array.IndexOf(Octets, (byte)0, field.Offset, field.Size) is var end && end >= 0
            ? end - field.Offset
            : field.Size;
        return Encoding.UTF8.GetString(Octets, field.Offset, length);
    }

    /// <summary>Writes text, truncated to the field's size.</summary>
    public void SetText(TarField field, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        Buffer.BlockCopy(octets, 0, Octets, field.Offset, Math.Min(octets.Length, field.Size));
    }

    /// <summary>Reads a number: octal digits, or binary if the first bit is set.</summary>
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

    /// <summary>Writes octal digits into all bytes of the field but the last, which stays as it is.</summary>
    public void SetNumber(TarField field, long value)
    {
        var size = field.Size - 1;
        SetText(field with { Size = size }, Convert.ToString(value, 8).PadLeft(size, '0'));
    }

    public bool HasRightChecksum() => Sum() == Number(TarField.Checksum);

    /// <summary>Writes the checksum, after all other fields are written.</summary>
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

    /// <summary>The sum of all bytes, with the checksum's field counted as spaces.</summary>
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
