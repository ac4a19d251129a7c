using System.Text.Json.Nodes;
using Cinnabar.Demo;

namespace Cinnabar.Bench;

/// <summary>From the cut to the intruder's picture, decoded, in the list of alarms that the officer has open.</summary>
internal static class ThumbnailBench
{
    // Runs in the page: the time at which a picture that was not there before has been decoded.
    private const string Watch = """
        () => {
          const pictures = () => [...document.querySelectorAll('img[src*="/api/media/"]')];
          const before = new Set(pictures().map((picture) => picture.src));
          window.firstPicture = new Promise((resolve) => {
            const look = () => {
              const fresh = pictures().find((picture) => !before.has(picture.src) && picture.complete && picture.naturalWidth > 0);
              if (fresh) fresh.decode().then(() => resolve(Date.now())); else requestAnimationFrame(look);
            };
            look();
          });
        }
        """;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    // The seal goes on choosing pictures until 3 s after the cut; the next cut must not find it at that.
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(5);

    public static async Task<object> RunAsync(int cuts, CancellationToken cancellationToken)
    {
        await using var desk = await OfficersDesk.OpenAsync(cancellationToken);
        await desk.GoAsync("/console/incidents");
        await desk.Page.Locator(".empty, .incident-list").First.WaitForAsync();
        desk.Door.Folder.Scene!.Scene.FigurePresent = true;
        var delays = new List<double>();
        for (var i = 0; i < cuts; i++)
        {
            await desk.Page.EvaluateAsync(Watch);
            var cutMicros = desk.Door.Folder.Inputs.Send(SealFolder.Strip, 1);
            var shown = await desk.Page.EvaluateAsync<double>("() => window.firstPicture").WaitAsync(s_limit, cancellationToken);
            delays.Add(shown - (cutMicros / 1000.0));
            await SettleAsync(desk, cancellationToken);
        }

        return new
        {
            How = "time in the input event, to the picture of this alarm decoded in the console's list of alarms in Chromium; the page was open, the seal connected and filming",
            BarMs = 2_000, Delay = Spread.Of(delays),
        };
    }

    private static async Task SettleAsync(OfficersDesk desk, CancellationToken cancellationToken)
    {
        var (client, door) = (desk.World.Client, desk.Door);
        door.Folder.Inputs.Send(SealFolder.Strip, 0);
        await client.PostAsync($"/api/seals/{Uri.EscapeDataString(door.Number)}/commands", new { kind = "sirenOff" }, cancellationToken);
        await Task.Delay(s_rest, cancellationToken);
        foreach (var incident in (JsonArray)await client.GetAsync("/api/incidents?open=true", cancellationToken))
        {
            await client.PostAsync($"/api/incidents/{incident!["id"]}/close", new { outcome = "attended" }, cancellationToken);
        }
    }
}
