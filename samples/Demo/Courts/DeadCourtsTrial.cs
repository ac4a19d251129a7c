using System.Diagnostics;

namespace Cinnabar.Demo.Courts;

/// <summary>Courts that are dead: one is borne, two stop finality and nothing else.</summary>
public sealed class DeadCourtsTrial(CourtsWorld world, FinalityTrial finality, DoorTrial door, Timeline timeline, DemoReport report)
{
    private const int StatementsInVain = 60;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>A court dies, and entries become final without it.</summary>
    public async Task KillOneAsync(DemoCourt court, CancellationToken cancellationToken)
    {
        await KillAsync(court, cancellationToken);
        var figures = await finality.MeasureAsync(cancellationToken);
        report.Keep("with_one_court_dead", figures, "the same measurement with one court's station killed");
    }

    /// <summary>One court too many dies: nothing becomes final, the door still warns, receipts wait. All come back.</summary>
    /// <param name="cut">The seal's earlier statement of a cut.</param>
    public async Task KillAnotherAsync(DemoCourt court, string cut, WatchedEvents watched, CancellationToken cancellationToken)
    {
        await KillAsync(court, cancellationToken);
        var run = await world.Flow.BeginAsync(cancellationToken);
        await run.UntilAsync(() => run.AcknowledgedCount >= StatementsInVain, s_limit, "Acknowledgements with two courts dead", cancellationToken);
        timeline.Note($"{run.AcknowledgedCount} statements are acknowledged, {run.ReleasedCount} are final: {world.Courts.Count(one => one.HasVoice)} courts vouch, and that is not enough");
        await CutAgainAsync(cut, watched, cancellationToken);
        report.Add("nothing_final_with_two_courts_dead", run.ReleasedCount == 0, $"receipts out of {run.AcknowledgedCount} statements acknowledged while two stations were dead");
        report.Add("receipts_that_waited", run.AcknowledgedCount, "statements acknowledged while nothing could become final");
        await BringBackAsync(cancellationToken);
        var start = Stopwatch.GetTimestamp();
        await run.EndAsync(s_limit, cancellationToken);
        report.AddMs(
            "receipts_after_return_ms", $"All {run.ReleasedCount} receipts that waited are out", Stopwatch.GetElapsedTime(start).TotalMilliseconds,
            "both killed stations take connections again, to the last receipt that had waited");
    }

    /// <summary>Kills a station.</summary>
    public async Task KillAsync(DemoCourt court, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        timeline.Step($"{court.Name} dies: kill -9");
        await court.Station.KillAsync();
    }

    /// <summary>Starts all that were killed.</summary>
    public async Task BringBackAsync(CancellationToken cancellationToken)
    {
        var dead = world.Courts.Where(one => !one.Vouches && one.Liar is null).ToArray();
        timeline.Step($"They come back: {string.Join(", ", dead.Select(one => one.Code))}");
        await Parallel.ForEachAsync(dead, cancellationToken, async (court, stop) => await court.StartAsync(stop));
    }

    /// <summary>Nothing that warns waits for other courts.</summary>
    private async Task CutAgainAsync(string cut, WatchedEvents watched, CancellationToken cancellationToken)
    {
        timeline.Step("The strip is mended and cut again, while nothing becomes final");
        var messages = door.Messages(DemoWorld.OfficerPhone);
        world.Door.Folder.Inputs.Send(SealFolder.Strip, 0);
        await watched.WaitAsync("fact", data => data["kind"]!.ToString() == "strip.restored", s_limit, "The mended strip at the console", cancellationToken);
        var start = Stopwatch.GetTimestamp();
        world.Door.Folder.Inputs.Send(SealFolder.Strip, 1);
        await watched.WaitAsync(
            "fact", data => data["kind"]!.ToString() == "strip.cut" && data["hash"]!.ToString() != cut, s_limit, "The second cut at the console", cancellationToken);
        timeline.Measured("The cut is on the console, signed by the seal and durable in the court's own log", Stopwatch.GetElapsedTime(start).TotalMilliseconds);

        // One half minute lies between two warnings of one incident.
        var warning = await door.PhoneAsync(DemoWorld.OfficerPhone, messages + 1, s_limit, cancellationToken);
        timeline.Measured($"SMS to {warning.To}: {warning.Text}", Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        report.Add("warns_with_two_courts_dead", true, "a second cut on the console and a new warning at the officer's phone while two stations were dead");
    }
}
