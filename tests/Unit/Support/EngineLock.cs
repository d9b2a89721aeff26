namespace Compose.Tests.Support;

/// <summary>
/// A lock for tests that use fixed names or addresses on an engine. It is a file, so it holds across test runs on this machine.
/// </summary>
internal static class EngineLock
{
    /// <summary>Waits for the lock. Disposing the result releases it.</summary>
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
