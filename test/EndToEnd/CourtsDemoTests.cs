using System.Text.Json.Nodes;
using Cinnabar.Demo;

namespace Cinnabar.EndToEnd;

/// <summary>Five courts as a newcomer runs them: one dies, two die, one lies, the anchor engine is wiped.</summary>
[Collection(AloneOnTheMachine.Name)]
public sealed class CourtsDemoTests : IDisposable
{
    private static readonly TimeSpan s_whole = TimeSpan.FromMinutes(8);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cinnabar-courts-test-");

    [Fact]
    public async Task HeadlessDemoOfFiveCourts_HoldsAndReportsEveryFigureWithItsMethod()
    {
        var report = Path.Combine(_folder.FullName, "r.json");
        var temporary = _folder.CreateSubdirectory("temporary");
        await using (var demo = ChildProgram.Start(
            ChildProgram.PathOf("Demo", "cinnabar-demo"), ["--courts", "5", "--headless", "--report", report], Path.Combine(_folder.FullName, "demo.log"),
            new Dictionary<string, string> { ["TMPDIR"] = temporary.FullName }))
        {
            var (exit, output) = await demo.EndAsync(s_whole, TestContext.Current.CancellationToken);
            Assert.True(exit == 0, $"{output}\n{await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "demo.log"), TestContext.Current.CancellationToken)}");
        }

        Assert.Empty(temporary.GetDirectories("cinnabar-*"));
        var figures = JsonNode.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken))!;
        foreach (var name in (string[])["final_ms_p50", "final_ms_p99", "with_liar_detected_ms", "with_etcd_wiped_gap_ms", "anchors_caught_up_ms", "siren_ms", "first_warning_ms", "receipt_ms"])
        {
            Assert.True(figures[name]!.GetValue<double>() > 0, name);
            Assert.NotEmpty(figures["how"]![name]!.GetValue<string>());
        }

        foreach (var name in (string[])["with_one_court_dead", "with_liar"])
        {
            Assert.True(figures[name]!["statements"]!.GetValue<int>() >= 100, name);
            Assert.True(figures[name]!["final_ms_p50"]!.GetValue<double>() > 0, name);
            Assert.True(figures[name]!["final_ms_p99"]!.GetValue<double>() >= figures[name]!["final_ms_p50"]!.GetValue<double>(), name);
        }

        foreach (var name in (string[])["nothing_final_with_two_courts_dead", "warns_with_two_courts_dead", "receipts_went_on_without_etcd", "pack_valid_offline", "spoiled_refused", "held"])
        {
            Assert.True(figures[name]!.GetValue<bool>(), name);
        }
    }

    [Fact]
    public async Task AnyOtherNumberOfCourts_IsRefusedBeforeAnythingStarts()
    {
        var (exit, output) = await ChildProgram.TryRunAsync(
            ChildProgram.PathOf("Demo", "cinnabar-demo"), ["--courts", "4", "--headless"], TestContext.Current.CancellationToken);
        Assert.NotEqual(0, exit);
        Assert.Contains("--courts takes 1 or 5", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
