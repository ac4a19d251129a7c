using Microsoft.Playwright;

namespace Cinnabar.EndToEnd;

/// <summary>Every page there is, and how each is known to be complete.</summary>
internal static class ConsolePages
{
    /// <summary>Pages that need no session, then those of the console; an alarm waits at the first door.</summary>
    public static async Task<IReadOnlyList<ShownPage>> AllAsync(SealedCourt court)
    {
        var incident = await court.RaiseAlarmAsync(court.FirstDoor);
        await SealedCourt.UntilAsync(
            async () => (await court.IncidentAsync(incident))["stills"]!.AsArray().Count > 0, "the first picture arrived");
        var seal = Uri.EscapeDataString(court.FirstDoor.Number);
        return
        [
            new("sign-in", "/console/", ".sign-in-card", SignedIn: false),
            new("phone", await court.LinkAsync(incident, Demo.DemoWorld.OfficerPhone), ".hold", SignedIn: false),
            new("wall", "/console/", ".tile-alarm"),
            new("alarms", "/console/incidents", ".incident-row"),
            new("alarm", $"/console/incidents/{Uri.EscapeDataString(incident)}", ".live-foot .badge-green, .live-foot .badge-grey"),
            new("alarm-talk", $"/console/incidents/{Uri.EscapeDataString(incident)}", "[role=dialog] .talk-choices", Key: "t"),
            new("alarm-outcome", $"/console/incidents/{Uri.EscapeDataString(incident)}", "[role=dialog] .outcome-choices", Key: "r"),
            new("seal", $"/console/seals/{seal}", ".frame-drawing"),
            new("order", "/console/orders/new", "#caseNumber"),
            new("log", "/console/log", ".entries tbody tr"),
            new("log-entry", "/console/log/1", ".merkle"),
            new("chain", "/console/chain", ".block"),
            new("verify", "/verify/", ".choices", SignedIn: false),
            new("door-notice", $"/s/{seal}", "h1", SignedIn: false),
        ];
    }

    public static async Task ShowAsync(VisitedPage visited, ShownPage shown)
    {
        await visited.GoAsync(shown.Path);
        if (shown.Key is { } key)
        {
            await visited.Page.Locator(".actions .ack").WaitForAsync();
            await visited.Page.Keyboard.PressAsync(key);
        }

        await visited.Page.Locator(shown.CompleteWhen).First.WaitForAsync(new() { State = WaitForSelectorState.Visible });
        // A busy machine shows the words of a plain page before its style sheet is there.
        await visited.Page.WaitForLoadStateAsync(LoadState.Load);
    }
}
