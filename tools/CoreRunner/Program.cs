using Compose.CoreRunner.Commands;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

return args switch
{
    ["config", "--batch"] => BatchConfig.Run(Console.In, Console.Out),
    ["config", .. var files] => Config.Run(files, Console.Out, Console.Error),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: CoreRunner config --batch | config FILE...");
    return 2;
}
