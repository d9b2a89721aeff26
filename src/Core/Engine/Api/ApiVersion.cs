using System.Globalization;

namespace Compose.Engine.Api;

/// <summary>A version of the Engine API, such as 1.41.</summary>
internal readonly record struct ApiVersion(int Major, int Minor) : IComparable<ApiVersion>
{
    /// <summary>The newest version this module uses.</summary>
    public static readonly ApiVersion Newest = new(1, 51);

    /// <summary>The oldest supported version, that of engine 20.10.</summary>
    public static readonly ApiVersion Oldest = new(1, 41);

    public static ApiVersion? Parse(string? text)
    {
        var parts = (text ?? "").Split('.');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? new ApiVersion(major, minor)
            : null;
    }

    public bool AtLeast(int minor) => Major > 1 || Minor >= minor;

    public int CompareTo(ApiVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}.{1}", Major, Minor);

    public static bool operator <(ApiVersion left, ApiVersion right) => left.CompareTo(right) < 0;
    public static bool operator >(ApiVersion left, ApiVersion right) => left.CompareTo(right) > 0;
    public static bool operator <=(ApiVersion left, ApiVersion right) => left.CompareTo(right) <= 0;
    public static bool operator >=(ApiVersion left, ApiVersion right) => left.CompareTo(right) >= 0;
}
