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
    ["support"] => Support(),
    ["check", .. var files] => Config.Check(files, Console.Error),
    ["config", .. var files] => Config.Run(files, Console.Out, Console.Error),
    ["up", var file] => await ProjectCommands.RunAsync(file, commands => commands.UpAsync(stop.Token)),
    ["up", "-y", var file] => await ProjectCommands.RunAsync(file, commands => commands.UpAsync(true, stop.Token)),
    ["plan", var file] => await ProjectCommands.RunAsync(file, commands => commands.PlanAsync(stop.Token)),
    ["ps", var file] => await ProjectCommands.RunAsync(file, commands => commands.ListAsync(stop.Token)),
    ["scale", var file, var service, var replicas] =>
        await ProjectCommands.RunAsync(
            file,
            commands =>
                commands.ScaleAsync(service, int.Parse(replicas, System.Globalization.CultureInfo.InvariantCulture), stop.Token)),
    ["logs", var file] => await ProjectCommands.RunAsync(file, commands => commands.LogsAsync(stop.Token)),
    ["down", var file] => await ProjectCommands.RunAsync(file, commands => commands.DownAsync(stop.Token)),
    ["demo", var file] => await ProjectCommands.RunAsync(file, commands => commands.DemoAsync(stop.Token)),
    _ => Usage(),
};

static int Support()
{
    Console.Write(Compose.Files.Schema.SupportTable.Write());
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("""
        usage: CoreRunner config --batch          one JSON case a line in, one answer a line out
               CoreRunner config FILE...          the resolved project
               CoreRunner support                 the text of docs/support.md
               CoreRunner check FILE...           only what is wrong with it
               CoreRunner plan|up|ps|logs|down FILE
               CoreRunner up -y FILE              up that agrees to lose the data of volumes that changed
               CoreRunner scale FILE SERVICE REPLICAS
               CoreRunner demo FILE               up, list, scale, logs, down
        """);
    return 2;
}
