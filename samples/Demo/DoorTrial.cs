using System.Text.Json.Nodes;
using Cinnabar.Shared;

namespace Cinnabar.Demo;

/// <summary>What happens at a sealed door, and who hears of it when.</summary>
public sealed partial class DoorTrial(DemoSeal door, StationClient client, KannelGateway kannel, Timeline timeline, DemoReport report)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    /// <summary>Somebody brushes against the strip, and nobody is troubled.</summary>
    public async Task TouchAsync(WatchedEvents watched, CancellationToken cancellationToken)
    {
        timeline.Step("A light touch");
        door.Folder.Accelerometer.Knock(2.5, TimeSpan.FromMilliseconds(20));
        await watched.WaitAsync("fact", data => Is(data, "kind", "touch.light"), TimeSpan.FromSeconds(30), "The counted touch", cancellationToken);
        var incidents = (await client.GetAsync("/api/incidents?open=true", cancellationToken)).AsArray();
        report.Add("touch_raises_nothing", incidents.Count == 0, "open incidents after the seal's touch.light statement reached the console");
    }

    /// <summary>The strip is cut: siren, warning, picture, receipt.</summary>
    /// <returns>The incident, and the hash of the seal's statement of the cut.</returns>
    public async Task<(string Incident, string Statement)> CutAsync(WatchedEvents watched, CancellationToken cancellationToken)
    {
        timeline.Step("The strip is cut");
        if (door.Folder.Scene is { } camera)
        {
            camera.Scene.FigurePresent = true;
        }

        var before = door.RecordedLength;
        timeline.Restart();
        var cut = door.Folder.Inputs.Send(SealFolder.Strip, 1);
        var siren = door.FirstSampleMsAsync(cut, before, cancellationToken);
        var warning = PhoneAsync(DemoWorld.OfficerPhone, 1, s_limit, cancellationToken);
        var fact = watched.WaitAsync("fact", data => Is(data, "kind", "strip.cut"), s_limit, "The cut at the console", cancellationToken);
        var image = FirstImageAsync(watched, cut, cancellationToken);

        report.AddMs("siren_ms", "The siren sounds", await siren, "time in the input event to the first sample other than silence in ALSA's file, polled every millisecond");
        report.AddMs("camera_first_frame_ms", "The camera has a frame of it", await door.FirstFrameMsAsync(cancellationToken), "trigger to the first frame captured after it, by the seal's own clock; the camera was powered");
        report.AddMs("first_warning_ms", "A phone has the first warning", SinceCut(cut, (await warning).At), "time in the input event to the message at the phone behind Kannel's SMSC");
        report.AddMs("first_image_ms", "The picture is on the officer's page", await image, "time in the input event to the thumbnail's last byte read over the console's HTTP after its live event");
        var hash = (await fact)["hash"]!.GetValue<string>();
        await client.DownloadAsync($"/api/receipts/{hash}?wait=true", cancellationToken);
        report.AddMs("receipt_ms", "The receipt is out", timeline.ElapsedMs, "time of the cut to the receipt's last byte read over HTTP, asked for after the figures above");
        var incident = await watched.WaitAsync("incident", data => Is(data, "sealNumber", door.Number), s_limit, "The incident", cancellationToken);
        return (incident["id"]!.ToString(), hash);
    }

    /// <summary>The officer answers through the link in the message.</summary>
    public async Task<DateTimeOffset> AcknowledgeAsync(CancellationToken cancellationToken)
    {
        timeline.Step("The officer acknowledges on the phone");
        var message = kannel.Phones.Messages.Last(one => Same(one.To, DemoWorld.OfficerPhone));
        var link = Link().Match(message.Text) is { Success: true } found
            ? new Uri(found.Value)
            : throw new DemoException($"The message to the officer holds no link: {message.Text}");
        using var phone = new StationClient(new Uri(link.GetLeftPart(UriPartial.Authority)));
        await phone.DownloadAsync(link.AbsolutePath, cancellationToken);
        var token = link.Segments[^1];
        await phone.PostAsync($"/api/phone/{token}/acknowledge", new { }, cancellationToken);
        return DateTimeOffset.UtcNow;
    }

    /// <summary>Waits until a phone has this many messages.</summary>
    public async Task<PhoneMessage> PhoneAsync(string number, int count, TimeSpan limit, CancellationToken cancellationToken) =>
        await kannel.Phones.WaitAsync(message => Same(message.To, number) && Messages(number) >= count, limit, cancellationToken);

    /// <summary>Messages at a phone so far.</summary>
    public int Messages(string number) => kannel.Phones.Messages.Count(message => Same(message.To, number));

    private async Task<double> FirstImageAsync(WatchedEvents watched, long cut, CancellationToken cancellationToken)
    {
        var still = await watched.WaitAsync("still", _ => true, s_limit, "The picture", cancellationToken);
        await client.DownloadAsync($"/api/media/{still["hash"]!.GetValue<string>()}?reason=duty", cancellationToken);
        return SinceCut(cut, DateTimeOffset.UtcNow);
    }

    private static bool Is(JsonNode data, string name, string value) => data[name]?.ToString() == value;

    // Kannel writes numbers with or without the plus sign.
    private static bool Same(string left, string right) => left.TrimStart('+') == right.TrimStart('+');

    private static double SinceCut(long cutMicros, DateTimeOffset at) =>
        ((at.Ticks - DateTimeOffset.UnixEpoch.Ticks) / 10 - cutMicros) / 1000.0;

    [System.Text.RegularExpressions.GeneratedRegex(@"https?://[!-~]+")]
    private static partial System.Text.RegularExpressions.Regex Link();
}
