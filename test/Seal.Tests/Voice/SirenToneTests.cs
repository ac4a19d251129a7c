using Cinnabar.Seal.Voice;

namespace Cinnabar.Seal.Tests.Voice;

public sealed class SirenToneTests
{
    [Fact]
    public void Siren_HasNoSeam()
    {
        var samples = SirenTone.Generate().Samples;
        var largest = 0;
        for (var index = 1; index < samples.Length; index++)
        {
            largest = Math.Max(largest, Math.Abs(samples[index] - samples[index - 1]));
        }

        Assert.True(Math.Abs(samples[0] - samples[^1]) <= largest);
    }

    [Theory]
    [InlineData(0, 800)]
    [InlineData(0.5, 1_600)]
    public void Siren_SweepsBetweenItsTones(double share, double hertz)
    {
        var samples = SirenTone.Generate().Samples;
        var window = samples.Slice((int)(share * (samples.Length - 700)), 700);

        Assert.True(Energy(window, hertz) > 20 * Energy(window, 300));
        Assert.True(Energy(window, hertz) > Energy(window, 2_400 - hertz));
    }

    [Fact]
    public void Siren_IsLoud() => Assert.InRange(SirenTone.Generate().Samples.ToArray().Max(), (short)25_000, short.MaxValue);

    /// <summary>Goertzel's measure of one frequency.</summary>
    private static double Energy(ReadOnlySpan<short> samples, double hertz)
    {
        var turn = 2 * Math.Cos(2 * Math.PI * hertz / PcmClip.Rate);
        double last = 0;
        double beforeLast = 0;
        foreach (var sample in samples)
        {
            (last, beforeLast) = (sample + (turn * last) - beforeLast, last);
        }

        return (last * last) + (beforeLast * beforeLast) - (turn * last * beforeLast);
    }
}
