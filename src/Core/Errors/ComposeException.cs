namespace Compose.Errors;

/// <summary>An error that ends an operation; <see cref="Info"/> has its id, category and advice.</summary>
public class ComposeException : Exception
{
    /// <summary>Wraps an error as an exception.</summary>
    internal ComposeException(ErrorInfo info, Exception? innerException = null)
        : base(info.Message, innerException) => Info = info;

    /// <summary>The error as data.</summary>
    public ErrorInfo Info { get; }
}
