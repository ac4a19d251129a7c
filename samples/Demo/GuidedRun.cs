namespace Cinnabar.Demo;

/// <summary>Cuts a strip, prints what follows as it happens, and leaves the console open for a person.</summary>
public sealed class GuidedRun(DemoWorld world, Timeline timeline)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        timeline.Step($"Console: {new Uri(world.Console, "/console/")}   sign in as {DemoWorld.Login} with {world.Password}");
        var watched = new WatchedEvents(world.Client, cancellationToken);
        var door = world.Seals[0];
        if (door.Folder.Scene is { } camera)
        {
            camera.Scene.FigurePresent = true;
        }

        timeline.Step("The strip is cut");
        var before = door.RecordedLength;
        timeline.Restart();
        var cut = door.Folder.Inputs.Send(SealFolder.Strip, 1);
        timeline.Measured("The siren sounds and the voice speaks", await door.FirstSampleMsAsync(cut, before, cancellationToken));
        await watched.WaitAsync("still", _ => true, TimeSpan.FromSeconds(20), "The picture", cancellationToken);
        timeline.Measured("The intruder's picture is on the officer's page", timeline.ElapsedMs);
        await PrintWarningsAsync(cancellationToken);
        return 0;
    }

    /// <summary>Goes on until Ctrl-C.</summary>
    private async Task PrintWarningsAsync(CancellationToken cancellationToken)
    {
        timeline.Note("Warnings go on until somebody acknowledges, here or through the link in the message. Ctrl-C stops everything.");
        var printed = 0;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await tick.WaitForNextTickAsync(cancellationToken))
            {
                foreach (var message in world.Kannel.Phones.Messages.Skip(printed))
                {
                    printed++;
                    timeline.Measured($"SMS to {message.To}: {message.Text}", timeline.ElapsedMs);
                }
            }
        }
        catch (OperationCanceledException)
        {
            timeline.Step("Stopping what was started");
        }
    }
}
