using System.Text.Json.Nodes;
using Cinnabar.Demo;

namespace Cinnabar.EndToEnd;

/// <summary>The demo as a newcomer runs it: the built program, a court of its own.</summary>
[Collection(AloneOnTheMachine.Name)]
public sealed class DemoTests : IDisposable
{
    private static readonly TimeSpan s_start = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_step = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cinnabar-demo-test-");

    [Fact]
    public async Task HeadlessDemo_HoldsAndReportsEveryFigureWithItsMethod()
    {
        var report = Path.Combine(_folder.FullName, "r.json");
        var (exit, output) = await ChildProgram.TryRunAsync(
            ChildProgram.PathOf("Demo", "cinnabar-demo"), ["--headless", "--report", report], TestContext.Current.CancellationToken);
        Assert.True(exit == 0, output);
        var figures = JsonNode.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken))!;
        foreach (var name in (string[])["siren_ms", "camera_first_frame_ms", "first_warning_ms", "first_image_ms", "silence_detected_ms", "receipt_ms"])
        {
            Assert.True(figures[name]!.GetValue<double>() > 0, name);
            Assert.NotEmpty(figures["how"]![name]!.GetValue<string>());
        }

        Assert.True(figures["warnings_sent"]!.GetValue<int>() >= 3);
        foreach (var name in (string[])["ack_stops_repeats", "pack_valid", "spoiled_refused"])
        {
            Assert.True(figures[name]!.GetValue<bool>(), name);
            Assert.NotEmpty(figures["how"]![name]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task GuidedDemo_LeavesTheConsoleOpenAndStopsEverythingItStarted()
    {
        await using var demo = ChildProgram.Start(
            ChildProgram.PathOf("Demo", "cinnabar-demo"), ["--port", "0"], Path.Combine(_folder.FullName, "demo.log"), new Dictionary<string, string> { ["TMPDIR"] = _folder.FullName });
        var line = await demo.WaitForLineAsync(l => l.StartsWith("Console: ", StringComparison.Ordinal), s_start, "The console's address", TestContext.Current.CancellationToken);
        await demo.WaitForLineAsync(l => l.Contains("SMS to", StringComparison.Ordinal), s_step, "A warning", TestContext.Current.CancellationToken);
        await demo.WaitForLineAsync(l => l.Contains("on the officer's page", StringComparison.Ordinal), s_step, "A picture", TestContext.Current.CancellationToken);
        using (var browser = new HttpClient())
        {
            Assert.Contains("<div id=\"root\">", await browser.GetStringAsync(new Uri(line.Split(' ')[1]), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        var started = Descendants(demo.Id);
        Assert.True(started.Count >= 5, "station, two seals, bearerbox and smsbox run below the demo");
        await demo.StopAsync();
        Assert.Equal(0, demo.ExitCode);
        Assert.DoesNotContain(started, id => Directory.Exists($"/proc/{id}"));
        Assert.Empty(_folder.GetDirectories("cinnabar-demo-*"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static List<int> Descendants(int process)
    {
        var parents = Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => (Id: int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture), Parent: ParentOf(name!))).ToLookup(one => one.Parent, one => one.Id);
        var found = new List<int> { process };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(parents[found[i]]);
        }

        return found[1..];
    }

    // The fourth field of /proc/PID/stat, counted after the program's name in brackets: proc(5).
    private static int ParentOf(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it has ended meanwhile
        }
    }
}
