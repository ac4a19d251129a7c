using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Cinnabar.Seal.Voice;

/// <summary>A sound held in memory: mono, 16 bit, <see cref="Rate"/> samples a second.</summary>
internal sealed class PcmClip
{
    /// <summary>espeak-ng's own rate, kept throughout so that nothing is resampled.</summary>
    public const int Rate = 22_050;

    private readonly short[] _samples;

    public PcmClip(string id, short[] samples)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length, nameof(samples));
        Id = id;
        _samples = samples;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(samples.AsSpan())));
    }

    /// <summary>Id of the voice text, <c>siren</c>, or <c>talk</c>.</summary>
    public string Id { get; }

    /// <summary>SHA-256 of the little-endian samples, lower-case hex: what exactly was played.</summary>
    public string Sha256 { get; }

    public ReadOnlySpan<short> Samples => _samples;

    public TimeSpan Duration => TimeSpan.FromSeconds((double)_samples.Length / Rate);
}
