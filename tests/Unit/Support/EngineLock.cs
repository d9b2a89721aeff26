namespace Compose.Tests.Support;

/// <summary>
/// One test at a time on this machine where names or addresses of an engine are fixed, whichever run it belongs to.
/// </summary>
internal static class EngineLock
{
    /// <summary>Waits for the turn; disposing what is answered ends it.</summary>
    public static async Task<IDisposable> AcquireAsync()
    {
        var file = Path.Combine(
            Path.GetTempPath(), "compose-tests" + new string([.. TestEngine.Host.Where(char.IsLetterOrDigit)]) + ".lock");
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200);
            }
        }
    }
}
