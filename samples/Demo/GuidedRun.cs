using System.Text.Json.Nodes;

namespace Cinnabar.Demo;

/// <summary>Cuts a strip, prints what follows as it happens, and leaves the console open for a person.</summary>
public sealed class GuidedRun(DemoWorld world, Timeline timeline)
{
    private readonly HashSet<string> _told = [];

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        timeline.Step($"Console: {new Uri(world.Console, "/console/")}   sign in as {DemoWorld.Login} with {world.Password}");
        var door = world.Seals[0];
        _ = new WatchedEvents(world.Client, cancellationToken, (name, data) => Tell(door, name, data));
        if (door.Folder.Scene is { } camera)
        {
            camera.Scene.FigurePresent = true;
        }

        timeline.Step("The strip is cut");
        var before = door.RecordedLength;
        timeline.Restart();
        var cut = door.Folder.Inputs.Send(SealFolder.Strip, 1);
        timeline.Measured("The siren sounds and the voice speaks", await door.FirstSampleMsAsync(cut, before, cancellationToken));
        await PrintMessagesAsync(cancellationToken);
        return 0;
    }

    /// <summary>What the console shows live of this door, each fact once: received, and later sequenced, is one fact.</summary>
    private void Tell(DemoSeal door, string name, JsonNode data)
    {
        if (name == "still" && _told.Add(data["hash"]!.ToString()))
        {
            timeline.Measured($"A picture of {data["offsetMs"]} ms after the cut is on the officer's page", timeline.ElapsedMs);
        }
        else if (name == "fact" && data["sealNumber"]?.ToString() == door.Number
            && !data["kind"]!.ToString().StartsWith("warning.", StringComparison.Ordinal) && _told.Add(data["hash"]!.ToString()))
        {
            // Warnings are printed as the phones have them.
            timeline.Measured($"{data["text"]!["en"]} {data["text"]!["zh"]} ({data["issuer"]})", timeline.ElapsedMs);
        }
    }

    /// <summary>Goes on until Ctrl-C.</summary>
    private async Task PrintMessagesAsync(CancellationToken cancellationToken)
    {
        timeline.Note("Warnings go on until somebody acknowledges, in the console or through the link in the message. Ctrl-C stops everything.");
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
