namespace Cinnabar.Demo;

/// <summary>Takes the evidence away, stops the court, and lets the stranger's tool judge it, whole and spoiled.</summary>
public sealed class PackTrial(DemoWorld world, Timeline timeline, IDictionary<string, Finding> report)
{
    private static readonly (string What, Func<string, bool> Entry)[] s_spoils =
    [
        ("statement", name => name.StartsWith("statements/", StringComparison.Ordinal)),
        ("picture", name => name.StartsWith("originals/", StringComparison.Ordinal) && name.EndsWith(".jpg", StringComparison.Ordinal)),
        ("receipt", name => name.StartsWith("receipts/", StringComparison.Ordinal)),
    ];

    public async Task RunAsync(string incident, CancellationToken cancellationToken)
    {
        timeline.Step("The evidence pack leaves; the station stops");
        var pack = Path.Combine(world.Folder, "pack.zip");
        await File.WriteAllBytesAsync(pack, await world.Client.DownloadAsync($"/api/incidents/{incident}/pack", cancellationToken), cancellationToken);
        await world.StopStationAsync();

        var (exit, output) = await VerifyAsync(pack, cancellationToken);
        timeline.Note(output.TrimEnd().ReplaceLineEndings("\n              "));
        report["pack_valid"] = new Finding(exit == 0, "exit code of cinnabar verify with the station's process ended");

        var refused = true;
        foreach (var (what, entry) in s_spoils)
        {
            var spoiled = Path.Combine(world.Folder, $"spoiled-{what}.zip");
            await File.WriteAllBytesAsync(spoiled, PackSpoiler.Flip(await File.ReadAllBytesAsync(pack, cancellationToken), entry), cancellationToken);
            (exit, output) = await VerifyAsync(spoiled, cancellationToken);
            refused &= exit == 1;
            timeline.Note($"one bit of a {what} flipped: exit {exit}, {output.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()}");
        }

        report["spoiled_refused"] = new Finding(refused, "cinnabar verify answers 1 for the pack with one bit flipped in a statement, a picture and a receipt, each alone, checksums of the zip mended around it");
    }

    private Task<(int Exit, string Output)> VerifyAsync(string pack, CancellationToken cancellationToken) =>
        ChildProgram.TryRunAsync(
            ChildProgram.PathOf("Cli", "cinnabar"), ["verify", pack, "--roster", Path.Combine(world.StationData, "genesis.cose")], cancellationToken);
}
