using System.Collections.Immutable;

namespace Cinnabar.Seal.Voice;

/// <summary>How sound leaves the seal.</summary>
internal sealed record AudioOptions
{
    /// <summary>The player; a path or a name found on PATH.</summary>
    public string Aplay { get; init; } = "aplay";

    /// <summary>ALSA device, <c>aplay -D</c>.</summary>
    public string Device { get; init; } = "default";

    /// <summary>
    /// ALSA configuration instead of the system's, or null. Where there is no sound card,
    /// <c>pcm.!default { type file slave.pcm { type null } file "OUT.raw" format "raw" }</c> records what
    /// would have been played (a bare <c>slave.pcm "null"</c> needs the system's alsa.conf included first).
    /// </summary>
    public string? AlsaConfigPath { get; init; }

    /// <summary>
    /// Frames ALSA moves at a time. 220 frames are 10 ms: a stop is on the file device 1 to 11 ms after the call.
    /// </summary>
    public int PeriodFrames { get; init; } = 220;

    /// <summary>
    /// ALSA's buffer, in frames. aplay starts the device when it is full and the file device writes only
    /// what has left it, so the first write must be longer: with 40 ms and writes of 10 ms each, the
    /// first sample was measured 40 ms late; with one write of <see cref="LeadFrames"/>, 3 ms after the
    /// call (median of 100, 99th percentile 9 ms, two busy cores).
    /// </summary>
    public int BufferFrames { get; init; } = 880;

    /// <summary>
    /// How far writing runs ahead of the clock, in frames: the longest pause of this process that is not
    /// heard, and the longest sound left after a stop. 60 ms.
    /// </summary>
    public int LeadFrames { get; init; } = 1_320;

    /// <summary>Loudness of the siren, 0…100 % of full scale.</summary>
    public int SirenPercent { get; init; } = 100;

    /// <summary>Loudness of the siren under a voice, 0…100 % of full scale.</summary>
    public int DuckedSirenPercent { get; init; } = 15;

    /// <summary>Every rule broken, each as one sentence; empty when valid.</summary>
    public ImmutableArray<string> Errors()
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        Check(errors, Aplay.Length > 0, "Aplay must name a program");
        Check(errors, Device.Length > 0, "Device must name an ALSA device");
        Check(errors, PeriodFrames is >= 64 and <= 2_205, $"PeriodFrames is {PeriodFrames}, allowed 64…2205 frames");
        Check(errors, BufferFrames >= 2 * PeriodFrames && BufferFrames <= 22_050, $"BufferFrames is {BufferFrames}, allowed 2 periods…22050 frames");
        Check(errors, LeadFrames >= BufferFrames + PeriodFrames && LeadFrames <= 44_100, $"LeadFrames is {LeadFrames}, allowed buffer + period…44100 frames");
        Check(errors, SirenPercent is >= 0 and <= 100, $"SirenPercent is {SirenPercent}, allowed 0…100 %");
        Check(errors, DuckedSirenPercent >= 0 && DuckedSirenPercent <= SirenPercent, $"DuckedSirenPercent is {DuckedSirenPercent}, allowed 0…SirenPercent");
        return errors.ToImmutable();
    }

    private static void Check(ImmutableArray<string>.Builder errors, bool holds, string sentence)
    {
        if (!holds)
        {
            errors.Add(sentence);
        }
    }
}
