using System.Diagnostics;
using Cinnabar.Demo;

namespace Cinnabar.Bench;

/// <summary>From the edge on the input node to the first sample in the sound card's file, again and again on one built seal.</summary>
/// <remarks>
/// The seal is armed by a real station, connected, and films meanwhile; between two cuts the court's own command
/// silences the siren. Input node and sound card are a pipe and ALSA's file device; everything between is the product.
/// </remarks>
internal static class SirenBench
{
    private const int WarmUps = 5;
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    /// <param name="cuts">Cuts measured, after <see cref="WarmUps"/> that are not.</param>
    public static async Task<object> RunAsync(int cuts, CancellationToken cancellationToken)
    {
        await using var world = await DemoWorld.StartAsync(new DemoOptions(), new Timeline(), cancellationToken);
        var door = world.Seals[0];
        var delays = new List<double>();
        for (var i = -WarmUps; i < cuts; i++)
        {
            var before = Length(door);
            var cut = Stopwatch.GetTimestamp();
            door.Folder.Inputs.Send(SealFolder.Strip, 1);
            var heard = await FirstSampleAsync(door, before, cancellationToken);
            if (i >= 0)
            {
                delays.Add(Stopwatch.GetElapsedTime(cut, heard).TotalMilliseconds);
            }

            door.Folder.Inputs.Send(SealFolder.Strip, 0);
            await world.Client.PostAsync($"/api/seals/{Uri.EscapeDataString(door.Number)}/commands", new { kind = "sirenOff" }, cancellationToken);
            await QuietAsync(door, cancellationToken);
        }

        return new
        {
            How = "edge written to the input node's pipe, to the first sample that is not silence in ALSA's file, looked for every millisecond; the seal is connected and films",
            BarP99Ms = 100, Delay = Spread.Of(delays),
        };
    }

    private static long Length(DemoSeal door) => new FileInfo(door.Folder.Recording) is { Exists: true } file ? file.Length : 0;

    private static async Task<long> FirstSampleAsync(DemoSeal door, long from, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_limit)
        {
            if (Length(door) > from && HasSound(door, from))
            {
                return Stopwatch.GetTimestamp();
            }

            await Task.Delay(1, cancellationToken);
        }

        throw new DemoException("The siren's samples did not reach the sound card's file within 20 s.");
    }

    /// <summary>Waits until the sound card was given nothing but silence for a while.</summary>
    private static async Task QuietAsync(DemoSeal door, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_limit)
        {
            var from = Length(door);
            await Task.Delay(s_quiet, cancellationToken);
            if (Length(door) == from || !HasSound(door, from))
            {
                return;
            }
        }

        throw new DemoException("The court's command did not silence the siren within 20 s.");
    }

    private static bool HasSound(DemoSeal door, long from)
    {
        using var file = new FileStream(door.Folder.Recording, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = from;
        var bytes = new byte[file.Length - from];
        return bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).ContainsAnyExcept((byte)0);
    }
}
