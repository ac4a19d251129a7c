using Cinnabar.Evidence;

namespace Cinnabar.Station.Packs;

/// <summary>A statement as the pack index knows it.</summary>
internal sealed record IndexedFact
{
    /// <summary>Log index.</summary>
    public long Position { get; init; }

    public required string Hash { get; init; }

    public required string Issuer { get; init; }

    public required string Kind { get; init; }

    /// <summary>Issuer's clock.</summary>
    public long TimeMs { get; init; }

    /// <summary>Number in the device's chain, or null.</summary>
    public long? Sequence { get; init; }

    /// <summary>Hash of the one before it in the chain, or null.</summary>
    public string? Previous { get; init; }

    public Digest Digest => Digest.TryParseHex(Hash, out var digest) ? digest : throw new InvalidDataException($"\"{Hash}\" is no hash.");
}
