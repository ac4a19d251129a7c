namespace Cinnabar.Demo;

/// <summary>Takes the evidence away, stops whoever could vouch for it, and lets the stranger's tool judge it, whole and spoiled.</summary>
/// <param name="folder">Where packs are written.</param>
/// <param name="court">The court that exports.</param>
public sealed class PackTrial(string folder, DemoStation court, Timeline timeline, DemoReport report)
{
    private static readonly (string What, Func<string, bool> Entry)[] s_spoils =
    [
        ("statement", name => name.StartsWith("statements/", StringComparison.Ordinal)),
        ("picture", name => name.StartsWith("originals/", StringComparison.Ordinal) && name.EndsWith(".jpg", StringComparison.Ordinal)),
        ("receipt", name => name.StartsWith("receipts/", StringComparison.Ordinal)),
    ];

    /// <summary>Runs it.</summary>
    /// <param name="validName">Name of the finding that the whole pack is valid.</param>
    /// <param name="stop">Ends every station.</param>
    public async Task RunAsync(string incident, string validName, Func<Task> stop, CancellationToken cancellationToken)
    {
        timeline.Step("The evidence pack leaves; the station stops");
        var pack = Path.Combine(folder, "pack.zip");
        await File.WriteAllBytesAsync(pack, await court.Client.DownloadAsync($"/api/incidents/{incident}/pack", cancellationToken), cancellationToken);
        await stop();

        var (exit, output) = await VerifyAsync(pack, cancellationToken);
        timeline.Note(output.TrimEnd().ReplaceLineEndings("\n              "));
        report.Add(validName, exit == 0, "exit code of cinnabar verify with the stations' processes ended");

        var refused = true;
        foreach (var (what, entry) in s_spoils)
        {
            var spoiled = Path.Combine(folder, $"spoiled-{what}.zip");
            await File.WriteAllBytesAsync(spoiled, PackSpoiler.Flip(await File.ReadAllBytesAsync(pack, cancellationToken), entry), cancellationToken);
            (exit, output) = await VerifyAsync(spoiled, cancellationToken);
            refused &= exit == 1;
            timeline.Note($"one bit of a {what} flipped: exit {exit}, {output.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()}");
        }

        report.Add("spoiled_refused", refused, "cinnabar verify answers 1 for the pack with one bit flipped in a statement, a picture and a receipt, each alone, checksums of the zip mended around it");
    }

    private Task<(int Exit, string Output)> VerifyAsync(string pack, CancellationToken cancellationToken) =>
        ChildProgram.TryRunAsync(
            ChildProgram.PathOf("Cli", "cinnabar"), ["verify", pack, "--roster", Path.Combine(court.Data, "genesis.cose")], cancellationToken);
}
