using System.Runtime.InteropServices;
using Cinnabar.Seal.Voice;
using Cinnabar.Shared;

namespace Cinnabar.Seal.Tests.Voice;

/// <summary>ALSA's own file device in place of a sound card: the real aplay writes there what it would have played.</summary>
internal sealed class LoudspeakerFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seal-audio-").FullName;

    public LoudspeakerFile()
    {
        Options = new AudioOptions { AlsaConfigPath = Path.Combine(_folder, "asoundrc") };
        File.WriteAllText(
            Options.AlsaConfigPath,
            $$"""pcm.!default { type file slave.pcm { type null } file "{{OutPath}}" format "raw" }""");
    }

    public AudioOptions Options { get; }

    public string OutPath => Path.Combine(_folder, "out.raw");

    public string CacheFolder => Path.Combine(_folder, "cache");

    public AudioOutput Started()
    {
        var output = new AudioOutput(Options, TimeProvider.System);
        output.Start();
        Until(() => output.PlayerProcessId is not null && File.Exists(OutPath), "aplay waits");
        return output;
    }

    public short[] Samples()
    {
        if (!File.Exists(OutPath))
        {
            return [];
        }

        using var stream = new FileStream(OutPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length & ~1L];
        stream.ReadExactly(bytes);
        return MemoryMarshal.Cast<byte, short>(bytes).ToArray();
    }

    /// <summary>Polls at the boundary of a real process, with a generous deadline.</summary>
    public static void Until(Func<bool> holds, string what) => Eventually.Holds(holds, what);

    /// <summary>Reads events until one is of this type.</summary>
    public static T Next<T>(AudioOutput output, Func<T, bool>? matches = null)
        where T : AudioEvent
    {
        T? found = null;
        Until(
            () =>
            {
                while (found is null && output.Events.TryRead(out var next))
                {
                    found = next is T wanted && (matches is null || matches(wanted)) ? wanted : null;
                }

                return found is not null;
            },
            typeof(T).Name);
        return found!;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
