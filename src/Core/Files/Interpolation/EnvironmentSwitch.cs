namespace Compose.Files.Interpolation;

/// <summary>Reads environment variables that switch something on, such as COMPOSE_DISABLE_ENV_FILE.</summary>
internal static class EnvironmentSwitch
{
    /// <summary>True for 1, t, true, y or yes, in any case and with any space around it.</summary>
    /// <param name="value">The variable's value; null where it is not set.</param>
    public static bool IsOn(string? value) => value?.Trim().ToLowerInvariant() is "1" or "t" or "true" or "y" or "yes";
}
