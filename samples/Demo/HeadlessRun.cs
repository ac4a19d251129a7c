using System.Diagnostics;

namespace Cinnabar.Demo;

/// <summary>Plays the main job without a person, measures it, and says whether all of it held.</summary>
public sealed class HeadlessRun
{
    private static readonly TimeSpan s_repeatLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_silenceLimit = TimeSpan.FromSeconds(90);

    private readonly DemoWorld _world;
    private readonly Timeline _timeline;
    private readonly DemoReport _report;
    private readonly DoorTrial _door;

    public HeadlessRun(DemoWorld world, Timeline timeline)
    {
        _world = world;
        _timeline = timeline;
        _report = new DemoReport(timeline);
        _door = new DoorTrial(world.Seals[0], world.Client, world.Kannel, timeline, _report);
    }

    public async Task<int> RunAsync(FileInfo? report, CancellationToken cancellationToken)
    {
        var watched = new WatchedEvents(_world.Client, cancellationToken);
        await _door.TouchAsync(watched, cancellationToken);
        var (incident, _) = await _door.CutAsync(watched, cancellationToken);
        await RepeatsAsync(cancellationToken);
        var acknowledged = await _door.AcknowledgeAsync(cancellationToken);
        await SilenceAsync(watched, cancellationToken);
        await QuietAfterAsync(acknowledged, cancellationToken);
        await new PackTrial(_world.Folder, _world.Station, _timeline, _report).RunAsync(incident, "pack_valid", _world.StopStationAsync, cancellationToken);
        return await _report.EndAsync(report, cancellationToken);
    }

    private async Task RepeatsAsync(CancellationToken cancellationToken)
    {
        _timeline.Step("Nobody answers: warnings go on");
        var third = await _door.PhoneAsync(DemoWorld.OfficerPhone, 3, s_repeatLimit, cancellationToken);
        var sent = _door.Messages(DemoWorld.OfficerPhone);
        _timeline.Note($"warning {sent}: {third.Text}");
        _report.Add("warnings_sent", sent, "messages at the officer's phone behind Kannel's SMSC before the acknowledgement");
    }

    private async Task SilenceAsync(WatchedEvents watched, CancellationToken cancellationToken)
    {
        _timeline.Step("The second seal falls silent");
        var start = Stopwatch.GetTimestamp();
        await _world.Seals[1].KillAsync();
        await watched.WaitAsync(
            "incident", data => data["sealNumber"]?.ToString() == _world.Seals[1].Number && data["kind"]?.ToString() == "heartbeat.missed", s_silenceLimit, "The silence", cancellationToken);
        _report.AddMs("silence_detected_ms", "The silence is an incident", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "end of the seal's process to its incident in the console's live feed");
    }

    /// <summary>Waits past the time of the next warning that would have been due.</summary>
    private async Task QuietAfterAsync(DateTimeOffset acknowledged, CancellationToken cancellationToken)
    {
        _timeline.Step("The first seal's warnings have stopped");
        var wait = acknowledged + TimeSpan.FromSeconds(70) - DateTimeOffset.UtcNow;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, cancellationToken);
        }

        // One that left in the same instant may still be on its way; the second seal has warnings of its own.
        var late = _world.Kannel.Phones.Messages.Where(message => message.At > acknowledged + TimeSpan.FromSeconds(2)
            && message.Text.Contains("永安东里", StringComparison.Ordinal));
        _report.Add("ack_stops_repeats", !late.Any(), "messages about the first seal at any phone in the 70 s after the acknowledgement, in which one was due");
    }
}
