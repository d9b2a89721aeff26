using System.Collections.ObjectModel;
using System.Diagnostics;

/// <summary>Newer members of tasks, streams and processes that tests use.</summary>
internal static class WaitingMembers
{
    extension(Task task)
    {
        public async Task WaitAsync(TimeSpan limit)
        {
            if (await Task.WhenAny(task, Task.Delay(limit)) != task)
                throw new TimeoutException();
            await task;
        }
    }

    extension<T>(Task<T> task)
    {
        public async Task<T> WaitAsync(TimeSpan limit)
        {
            await ((Task)task).WaitAsync(limit);
            return await task;
        }
    }

    extension(TextReader reader)
    {
        public Task<string> ReadToEndAsync(CancellationToken _) => reader.ReadToEndAsync();
    }

    extension(CancellationTokenSource source)
    {
        public Task CancelAsync()
        {
            source.Cancel();
            return Task.CompletedTask;
        }
    }

    extension(Stream stream)
    {
        public Task<int> ReadAsync(byte[] buffer) => stream.ReadAsync(buffer, 0, buffer.Length);

        public Task WriteAsync(byte[] buffer, CancellationToken cancellationToken) =>
            stream.WriteAsync(buffer, 0, buffer.Length, cancellationToken);

        public Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken) =>
            stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken);

        public async Task ReadExactlyAsync(byte[] buffer)
        {
            for (int done = 0, read; done < buffer.Length; done += read)
            {
                if ((read = await stream.ReadAsync(buffer, done, buffer.Length - done)) == 0)
                    throw new EndOfStreamException();
            }
        }

        public Task WriteAsync(byte[] buffer) => stream.WriteAsync(buffer, 0, buffer.Length);
    }

    extension(Process process)
    {
        public Task WaitForExitAsync() => Task.Run(process.WaitForExit);

        public static Process Start(string program, params string[] arguments) =>
            Process.Start(
                program,
                string.Join(
                    " ",
                    arguments.Select(argument => argument.Length == 0 || argument.Contains(' ') ? $"\"{argument}\"" : argument)));
    }

    extension(ProcessStartInfo start)
    {
        public ArgumentAppender ArgumentList => new(start);
    }
}

/// <summary>Adds arguments to a command line; none of them may contain a quote.</summary>
internal sealed class ArgumentAppender(ProcessStartInfo start)
{
    public void Add(string argument) => start.Arguments += (start.Arguments.Length > 0 ? " " : "") + $"\"{argument}\"";
}
