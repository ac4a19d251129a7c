using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Cinnabar.Demo.Courts;

/// <summary>The anchor engine is wiped while statements flow: receipts do not wait for it, and it is told again what it lost.</summary>
public sealed class EngineTrial(CourtsWorld world, Timeline timeline, DemoReport report)
{
    private const int Before = 60;
    private const int After = 20;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_gapMax = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        timeline.Step("etcd is wiped while statements flow: all three members killed, all data deleted");
        var run = await world.Flow.BeginAsync(cancellationToken);
        await run.UntilAsync(() => run.ReleasedCount >= Before, s_limit, "Receipts before etcd is wiped", cancellationToken);
        await UntilAnchoredAsync(0, old: null, Stopwatch.GetTimestamp(), cancellationToken);
        var old = await EngineOfAsync(world.Haidian, cancellationToken);

        var wiped = Stopwatch.GetTimestamp();
        await world.Engine.WipeAsync(cancellationToken);
        timeline.Measured($"A new, empty etcd stands at the old address; {run.ReleasedCount} receipts are out, {run.AcknowledgedCount} statements acknowledged", Ms(wiped));
        var size = await FinalSizeAsync(cancellationToken);
        await UntilAnchoredAsync(size, old, wiped, cancellationToken);
        var caughtUp = Ms(wiped);

        var released = run.ReleasedCount;
        await run.UntilAsync(() => run.ReleasedCount >= released + After, s_limit, "Receipts after etcd was wiped", cancellationToken);
        var gap = run.LongestGapMs(wiped);
        await run.EndAsync(s_limit, cancellationToken);
        await ShowAlarmAsync(cancellationToken);
        report.AddMs("with_etcd_wiped_gap_ms", "The longest wait for the next receipt", gap, "longest time between two receipts from the moment etcd's members were killed until anchors had caught up, 20 statements a second: one is due every 50 ms");
        report.AddMs("anchors_caught_up_ms", "Anchors have caught up", caughtUp, "moment etcd's members were killed, to every honest court having on the new engine what was final when it came up, its own wiping and setting up included");
        report.Add("receipts_went_on_without_etcd", gap < s_gapMax.TotalMilliseconds, $"no time above {s_gapMax.TotalSeconds:0} s without a receipt");
    }

    /// <summary>Every honest court believes another engine than the old one and owes it nothing; Haidian has this size on it.</summary>
    private async Task UntilAnchoredAsync(long size, string? old, long since, CancellationToken cancellationToken)
    {
        foreach (var court in world.Courts.Where(one => one.Vouches))
        {
            while (!IsCaughtUp(court, size, old, await AnchorsAsync(court, cancellationToken)))
            {
                if (Stopwatch.GetElapsedTime(since) > s_limit)
                {
                    var anchors = await AnchorsAsync(court, cancellationToken);
                    throw new DemoException($"The anchors of {court.Name} did not catch up within {s_limit.TotalSeconds:0} s: {anchors["engine"]!.ToJsonString()} {anchors["own"]!.ToJsonString()}");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
        }
    }

    private bool IsCaughtUp(DemoCourt court, long size, string? old, JsonNode anchors)
    {
        var (engine, own) = (anchors["engine"]!, anchors["own"]!);
        return engine["identity"]?.ToString() is { } identity && identity != old && engine["state"]!.ToString() == "good"
            && own["anchoredSize"]!.GetValue<long>() is > 0 and var anchored
            && (court == world.Haidian ? anchored >= size : own["owed"]!.GetValue<int>() == 0);
    }

    private async Task ShowAlarmAsync(CancellationToken cancellationToken)
    {
        var anchors = await AnchorsAsync(world.Haidian, cancellationToken);
        foreach (var alarm in anchors["alarms"]!.AsArray().Take(1))
        {
            timeline.Note($"{world.Haidian.Code} alarms: {alarm!["sentence"]!["zh"]} {alarm["sentence"]!["en"]}");
        }

        timeline.Note($"{world.Haidian.Code} goes on with the new engine: block {anchors["chain"]!["height"]} of the new segment, {anchors["own"]!["anchoredSize"]} entries anchored.");
    }

    private async Task<long> FinalSizeAsync(CancellationToken cancellationToken) =>
        (await FinalityTrial.SeenByAsync(world.Haidian, cancellationToken))["logs"]!.AsArray()
            .First(one => one!["code"]!.ToString() == world.Haidian.Code)!["finalSize"]!.GetValue<long>();

    private static async Task<string?> EngineOfAsync(DemoCourt court, CancellationToken cancellationToken) =>
        (await AnchorsAsync(court, cancellationToken))["engine"]!["identity"]?.ToString();

    private static Task<JsonNode> AnchorsAsync(DemoCourt court, CancellationToken cancellationToken) => court.Station.Client.GetAsync("/api/anchors", cancellationToken);

    private static double Ms(long since) => Stopwatch.GetElapsedTime(since).TotalMilliseconds;
}
