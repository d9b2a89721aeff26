namespace Compose.Errors;

/// <summary>An error that ends the operation at hand; <see cref="Info"/> says what it is.</summary>
public class ComposeException : Exception
{
    /// <summary>Wraps an error as an exception.</summary>
    internal ComposeException(ErrorInfo info, Exception? innerException = null)
        : base(info.Message, innerException) => Info = info;

    /// <summary>The error as data.</summary>
    public ErrorInfo Info { get; }
}
