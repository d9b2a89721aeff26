using Compose.Engine.Dto;
using Compose.Model;

namespace Compose.Plan.Requests;

/// <summary>The healthcheck in the engine's form, with durations in nanoseconds.</summary>
internal static class HealthTranslation
{
    public static HealthConfig? Healthcheck(HealthcheckDefinition? check) => check is null ? null
        : new HealthConfig
        {
            Test = check.Disable ? ["NONE"] : check.Test,
            Interval = Nanoseconds(check.Interval),
            Timeout = Nanoseconds(check.Timeout),
            Retries = check.Retries,
            StartPeriod = Nanoseconds(check.StartPeriod),
            StartInterval = Nanoseconds(check.StartInterval),
        };

    private static long? Nanoseconds(TimeSpan? duration) => duration?.Ticks * 100;
}
