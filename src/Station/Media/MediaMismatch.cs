namespace Cinnabar.Station.Media;

/// <summary>Recorded fragments of one manifest that are others than it says.</summary>
internal sealed record MediaMismatch
{
    /// <summary>Name of the recording.</summary>
    public required string Name { get; init; }

    public required string Seal { get; init; }

    /// <summary>Hash of the manifest.</summary>
    public required string Manifest { get; init; }

    /// <summary>The first of them.</summary>
    public long Number { get; init; }

    public required string Expected { get; init; }

    public required string Got { get; init; }
}
