using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cinnabar.Shared;

namespace Cinnabar.Demo;

/// <summary>Plays the main job without a person, measures it, and says whether all of it held.</summary>
public sealed partial class HeadlessRun(DemoWorld world, Timeline timeline)
{
    private static readonly TimeSpan s_repeatLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_silenceLimit = TimeSpan.FromSeconds(90);
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private readonly SortedDictionary<string, Finding> _report = [];

    public async Task<int> RunAsync(FileInfo? report, CancellationToken cancellationToken)
    {
        var watched = new WatchedEvents(world.Client, cancellationToken);
        await TouchAsync(watched, cancellationToken);
        var incident = await CutAsync(watched, cancellationToken);
        await RepeatsAsync(cancellationToken);
        var acknowledged = await AcknowledgeAsync(cancellationToken);
        await SilenceAsync(watched, cancellationToken);
        await QuietAfterAsync(acknowledged, cancellationToken);
        await new PackTrial(world, timeline, _report).RunAsync(incident, cancellationToken);
        if (report is not null)
        {
            await File.WriteAllTextAsync(report.FullName, Json().ToJsonString(s_json) + "\n", cancellationToken);
        }

        timeline.Step(Held ? "All of it held." : "Something did not hold; see the report.");
        return Held ? 0 : 1;
    }

    private bool Held => _report.Values.All(finding => finding.Value is not false);

    private DemoSeal Door => world.Seals[0];

    private async Task TouchAsync(WatchedEvents watched, CancellationToken cancellationToken)
    {
        timeline.Step("A light touch");
        Door.Folder.Accelerometer.Knock(2.5, TimeSpan.FromMilliseconds(20));
        await watched.WaitAsync("fact", data => Is(data, "kind", "touch.light"), TimeSpan.FromSeconds(30), "The counted touch", cancellationToken);
        var incidents = (await world.Client.GetAsync("/api/incidents?open=true", cancellationToken)).AsArray();
        Report("touch_raises_nothing", incidents.Count == 0, "open incidents after the seal's touch.light statement reached the console");
    }

    private async Task<string> CutAsync(WatchedEvents watched, CancellationToken cancellationToken)
    {
        timeline.Step("The strip is cut");
        if (Door.Folder.Scene is { } camera)
        {
            camera.Scene.FigurePresent = true;
        }

        var before = Door.RecordedLength;
        timeline.Restart();
        var cut = Door.Folder.Inputs.Send(SealFolder.Strip, 1);
        var siren = Door.FirstSampleMsAsync(cut, before, cancellationToken);
        var warning = PhoneAsync(DemoWorld.OfficerPhone, 1, TimeSpan.FromSeconds(20), cancellationToken);
        var fact = watched.WaitAsync("fact", data => Is(data, "kind", "strip.cut"), TimeSpan.FromSeconds(20), "The cut at the console", cancellationToken);
        var image = FirstImageAsync(watched, cut, cancellationToken);

        ReportMs("siren_ms", "The siren sounds", await siren, "time in the input event to the first sample other than silence in ALSA's file, polled every millisecond");
        ReportMs("camera_first_frame_ms", "The camera has a frame of it", await Door.FirstFrameMsAsync(cancellationToken), "trigger to the first frame captured after it, by the seal's own clock; the camera was powered");
        ReportMs("first_warning_ms", "A phone has the first warning", SinceCut(cut, (await warning).At), "time in the input event to the message at the phone behind Kannel's SMSC");
        ReportMs("first_image_ms", "The picture is on the officer's page", await image, "time in the input event to the thumbnail's last byte read over the console's HTTP after its live event");
        var hash = (await fact)["hash"]!.GetValue<string>();
        await world.Client.DownloadAsync($"/api/receipts/{hash}?wait=true", cancellationToken);
        ReportMs("receipt_ms", "The court's log has signed for it", timeline.ElapsedMs, "time of the cut to the receipt's last byte read over HTTP");
        var incident = await watched.WaitAsync("incident", data => Is(data, "sealNumber", Door.Number), TimeSpan.FromSeconds(20), "The incident", cancellationToken);
        return incident["id"]!.ToString();
    }

    private async Task<double> FirstImageAsync(WatchedEvents watched, long cut, CancellationToken cancellationToken)
    {
        var still = await watched.WaitAsync("still", _ => true, TimeSpan.FromSeconds(20), "The picture", cancellationToken);
        await world.Client.DownloadAsync($"/api/media/{still["hash"]!.GetValue<string>()}?reason=duty", cancellationToken);
        return SinceCut(cut, DateTimeOffset.UtcNow);
    }

    private async Task RepeatsAsync(CancellationToken cancellationToken)
    {
        timeline.Step("Nobody answers: warnings go on");
        var third = await PhoneAsync(DemoWorld.OfficerPhone, 3, s_repeatLimit, cancellationToken);
        var sent = world.Kannel.Phones.Messages.Count(message => Same(message.To, DemoWorld.OfficerPhone));
        timeline.Note($"warning {sent}: {third.Text}");
        Report("warnings_sent", sent, "messages at the officer's phone behind Kannel's SMSC before the acknowledgement");
    }

    private async Task<DateTimeOffset> AcknowledgeAsync(CancellationToken cancellationToken)
    {
        timeline.Step("The officer acknowledges on the phone");
        var message = world.Kannel.Phones.Messages.Last(one => Same(one.To, DemoWorld.OfficerPhone));
        var link = Link().Match(message.Text) is { Success: true } found
            ? new Uri(found.Value)
            : throw new DemoException($"The message to the officer holds no link: {message.Text}");
        using var phone = new StationClient(new Uri(link.GetLeftPart(UriPartial.Authority)));
        await phone.DownloadAsync(link.AbsolutePath, cancellationToken);
        var token = link.Segments[^1];
        await phone.PostAsync($"/api/phone/{token}/acknowledge", new { }, cancellationToken);
        return DateTimeOffset.UtcNow;
    }

    private async Task SilenceAsync(WatchedEvents watched, CancellationToken cancellationToken)
    {
        timeline.Step("The second seal falls silent");
        var start = Stopwatch.GetTimestamp();
        await world.Seals[1].KillAsync();
        await watched.WaitAsync(
            "incident", data => Is(data, "sealNumber", world.Seals[1].Number) && Is(data, "kind", "heartbeat.missed"), s_silenceLimit, "The silence", cancellationToken);
        ReportMs("silence_detected_ms", "The silence is an incident", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "end of the seal's process to its incident in the console's live feed");
    }

    /// <summary>Waits past the time of the next warning that would have been due.</summary>
    private async Task QuietAfterAsync(DateTimeOffset acknowledged, CancellationToken cancellationToken)
    {
        timeline.Step("The first seal's warnings have stopped");
        var wait = acknowledged + TimeSpan.FromSeconds(70) - DateTimeOffset.UtcNow;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, cancellationToken);
        }

        // One that left in the same instant may still be on its way; the second seal has warnings of its own.
        var late = world.Kannel.Phones.Messages.Where(message => message.At > acknowledged + TimeSpan.FromSeconds(2)
            && message.Text.Contains("永安东里", StringComparison.Ordinal));
        Report("ack_stops_repeats", !late.Any(), "messages about the first seal at any phone in the 70 s after the acknowledgement, in which one was due");
    }

    private async Task<PhoneMessage> PhoneAsync(string number, int count, TimeSpan limit, CancellationToken cancellationToken) =>
        await world.Kannel.Phones.WaitAsync(
            message => Same(message.To, number) && world.Kannel.Phones.Messages.Count(one => Same(one.To, number)) >= count, limit, cancellationToken);

    private void Report(string name, object value, string how)
    {
        _report[name] = new Finding(value, how);
        timeline.Note($"{name} = {value}");
    }

    private void ReportMs(string name, string text, double ms, string how)
    {
        _report[name] = new Finding(Math.Round(ms, 1), how);
        timeline.Measured(text, ms);
    }

    private JsonObject Json()
    {
        var figures = new JsonObject();
        var methods = new JsonObject();
        foreach (var (name, finding) in _report)
        {
            figures[name] = JsonValue.Create(finding.Value);
            methods[name] = finding.How;
        }

        figures["held"] = Held;
        figures["how"] = methods;
        figures["machine"] = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}";
        return figures;
    }

    private static bool Is(JsonNode data, string name, string value) => data[name]?.ToString() == value;

    [System.Text.RegularExpressions.GeneratedRegex(@"https?://[!-~]+")]
    private static partial System.Text.RegularExpressions.Regex Link();

    // Kannel writes numbers with or without the plus sign.
    private static bool Same(string left, string right) => left.TrimStart('+') == right.TrimStart('+');

    private static double SinceCut(long cutMicros, DateTimeOffset at) =>
        ((at.Ticks - DateTimeOffset.UnixEpoch.Ticks) / 10 - cutMicros) / 1000.0;
}
