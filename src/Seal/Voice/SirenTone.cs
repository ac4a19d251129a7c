namespace Cinnabar.Seal.Voice;

/// <summary>The siren: a sweep from a low to a high tone and back, once a second, looped without a seam.</summary>
internal static class SirenTone
{
    public const double LowHertz = 800;
    public const double HighHertz = 1_600;

    /// <summary>
    /// One cycle. The whole cycle holds a whole number of turns, so its end meets its beginning. Odd
    /// harmonics make it carry further than a sine of the same peak.
    /// </summary>
    public static PcmClip Generate()
    {
        var samples = new short[PcmClip.Rate];
        var phase = 0.0;
        for (var index = 0; index < samples.Length; index++)
        {
            var wave = Math.Sin(phase) + (Math.Sin(3 * phase) / 3) + (Math.Sin(5 * phase) / 5);
            samples[index] = (short)(wave * 30_000);
            phase += 2 * Math.PI * FrequencyAt((double)index / samples.Length) / PcmClip.Rate;
        }

        return new PcmClip("siren", samples);
    }

    /// <summary>A raised cosine between the two tones; its mean over the cycle, 1200 Hz, is a whole number.</summary>
    private static double FrequencyAt(double share) =>
        LowHertz + ((HighHertz - LowHertz) * (1 - Math.Cos(2 * Math.PI * share)) / 2);
}
