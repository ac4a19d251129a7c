using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Cinnabar.Demo.Courts;

/// <summary>A court that shows half of the others one history and half of them another, with its own genuine keys.</summary>
public sealed class LiarTrial(CourtsWorld world, FinalityTrial finality, Timeline timeline, DemoReport report)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public async Task RunAsync(DemoCourt court, CancellationToken cancellationToken)
    {
        var program = ChildProgram.PathOf("MaliciousCourt", "cinnabar-malicious-court");
        if (!File.Exists(program))
        {
            throw new DemoException($"{program} is missing: it is built with the solution.");
        }

        timeline.Step($"{court.Name} begins to lie: it shows some courts one history of its log and the others another, signed with its own key");
        await court.Station.StopAsync();
        court.Liar = ChildProgram.Start(program, ["run", "--data", court.Station.Data, "--lie", "two-faces"], court.Station.Data + ".liar.log");
        await court.Liar.WaitForLineAsync(line => line.StartsWith("lie ", StringComparison.Ordinal), s_limit, "The lie", cancellationToken);
        var told = Stopwatch.GetTimestamp();
        var ms = await Task.WhenAll(world.Courts.Where(one => one.Vouches).Select(one => FoundByAsync(one, court, told, cancellationToken)));
        report.AddMs("with_liar_detected_ms", "The first court has the evidence", ms.Min(), "the liar says that it begins to show two histories, to the first honest court that shows evidence signed by the liar, each asked every 20 ms");
        report.AddMs("with_liar_known_to_all_ms", "All honest courts have the evidence", ms.Max(), "the same, to the last honest court");
        var figures = await finality.MeasureAsync(cancellationToken);
        report.Keep("with_liar", figures, "the same measurement as final_ms with one court found lying");
    }

    private async Task<double> FoundByAsync(DemoCourt honest, DemoCourt liar, long told, CancellationToken cancellationToken)
    {
        JsonNode? fork;
        while ((fork = (await FinalityTrial.SeenByAsync(honest, cancellationToken))["forks"]!.AsArray().FirstOrDefault(one => one!["code"]!.ToString() == liar.Code)) is null)
        {
            if (Stopwatch.GetElapsedTime(told) > s_limit)
            {
                throw new DemoException($"{honest.Name} did not find within {s_limit.TotalSeconds:0} s that {liar.Name} lies.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        var ms = Stopwatch.GetElapsedTime(told).TotalMilliseconds;
        var at = DateTimeOffset.Parse(fork["foundAt"]!.ToString(), CultureInfo.InvariantCulture);
        timeline.Measured($"{honest.Name} holds two heads that {liar.Code} signed and that do not fit (sizes {fork["firstSize"]} and {fork["secondSize"]}), kept at {at:HH:mm:ss.fff} UTC; it vouches for nothing of it any more", ms);
        return ms;
    }
}
