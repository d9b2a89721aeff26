namespace Compose.Module.Common.Host;

/// <summary>Wraps a result that may be null, for methods whose own null means an error.</summary>
internal sealed record Maybe<T>(T? Value) where T : class;

internal static class MaybeExtensions
{
    public static async Task<Maybe<T>> NotNull<T>(this Task<T?> task) where T : class => new(await task.ConfigureAwait(false));
}
