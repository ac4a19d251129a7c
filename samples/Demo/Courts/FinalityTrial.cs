using System.Globalization;
using System.Text.Json.Nodes;

namespace Cinnabar.Demo.Courts;

/// <summary>Who vouches for what, and how long it takes until enough do.</summary>
public sealed class FinalityTrial(CourtsWorld world, Timeline timeline, DemoReport report)
{
    private const int Statements = 120;
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);

    /// <summary>Waits until every court's log has a final head at every court that vouches.</summary>
    public async Task UntilAllAreFinalAsync(CancellationToken cancellationToken)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (var court in world.Courts.Where(one => one.Vouches))
        {
            while ((await SeenByAsync(court, cancellationToken))["logs"]!.AsArray().Any(log => log!["finalSize"]!.GetValue<long>() == 0))
            {
                if (System.Diagnostics.Stopwatch.GetElapsedTime(start) > s_startLimit)
                {
                    await ShowCourtsAsync(cancellationToken);
                    throw new DemoException($"The courts' logs did not become final within {s_startLimit.TotalSeconds:0} s, as {court.Name} sees them.");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
        }

        timeline.Note($"All five logs are final, as {world.Courts.Count(one => one.Vouches)} courts say.");
    }

    /// <summary>Tells of one entry of Haidian's log which court vouched for it, and when.</summary>
    public async Task ShowAsync(string statement, CancellationToken cancellationToken)
    {
        timeline.Step("Who vouches for the cut");
        var entry = await world.Haidian.Station.Client.GetAsync($"/api/log/statements/{statement}", cancellationToken);
        var index = entry["index"]!.GetValue<long>();
        var seen = await SeenByAsync(world.Haidian, cancellationToken);
        var log = seen["logs"]!.AsArray().First(one => one!["code"]!.ToString() == world.Haidian.Code)!;
        var voices = log["voices"]!.AsArray().Where(one => one!["size"]?.GetValue<long>() > index).ToArray();
        foreach (var voice in voices.OrderBy(one => At(one!["at"]!)))
        {
            timeline.Note($"{At(voice!["at"]!):HH:mm:ss} UTC by its own clock: {NameOf(voice["code"]!.ToString())} has cosigned {voice["size"]} entries");
        }

        timeline.Note($"Entry {index} is final: {voices.Length} of {seen["epoch"]!["members"]} courts vouch, {seen["epoch"]!["needed"]} are needed.");
        report.Add("courts_that_vouch", voices.Length, "courts whose cosignature of a head with the seal's statement of the cut Haidian holds");
    }

    /// <summary>How all courts look from Haidian.</summary>
    public async Task ShowCourtsAsync(CancellationToken cancellationToken)
    {
        var seen = await SeenByAsync(world.Haidian, cancellationToken);
        foreach (var (court, log) in seen["courts"]!.AsArray().Zip(seen["logs"]!.AsArray()))
        {
            timeline.Note($"{NameOf(court!["code"]!.ToString())}: {court["state"]}, {log!["finalSize"]} of {log["size"]} entries final. {court["reason"]}");
        }
    }

    /// <summary>States at an even pace and measures until receipts are out.</summary>
    public async Task<FinalFigures> MeasureAsync(CancellationToken cancellationToken)
    {
        timeline.Note($"A seal of {world.Haidian.Code} makes {Statements} statements, twenty a second");
        var figures = await world.Flow.MeasureAsync(Statements, cancellationToken);
        timeline.Measured("Acknowledged to final, half of them", figures.FinalMsP50);
        timeline.Measured("Acknowledged to final, 99 of 100", figures.FinalMsP99);
        return figures;
    }

    /// <summary>The figures of five courts that are all well.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        timeline.Step("How long until final");
        var figures = await MeasureAsync(cancellationToken);
        var how = $"acknowledgement at the seal to the receipt's last byte read over HTTP, {figures.Statements} statements at 20 a second, five courts";
        report.Keep("final_ms_p50", figures.FinalMsP50, how);
        report.Keep("final_ms_p99", figures.FinalMsP99, how);
    }

    /// <summary>A court for people, by its code.</summary>
    public string NameOf(string code) => world.Courts.First(one => one.Code == code).Name;

    /// <summary>All courts as one of them sees them.</summary>
    public static Task<JsonNode> SeenByAsync(DemoCourt court, CancellationToken cancellationToken) => court.Station.Client.GetAsync("/api/courts", cancellationToken);

    private static DateTimeOffset At(JsonNode time) => DateTimeOffset.Parse(time.ToString(), CultureInfo.InvariantCulture);
}
