namespace Cinnabar.Station.Media;

/// <summary>A recording as listed; times and sums are over what was asked for.</summary>
internal sealed record RecordingRow
{
    public required string Name { get; init; }

    public required string Seal { get; init; }

    public required string Codec { get; init; }

    public long Width { get; init; }

    public long Height { get; init; }

    public string? InitHash { get; init; }

    /// <summary>What the first manifest says of the initialisation segment, or null.</summary>
    public string? VouchedInit { get; init; }

    public long FromMs { get; init; }

    public long UntilMs { get; init; }

    /// <summary>The last fragment that a manifest speaks of, or 0.</summary>
    public long VouchedUntilMs { get; init; }

    /// <summary>Fragments that no manifest speaks of.</summary>
    public long Unsigned { get; init; }

    /// <summary>Fragments that are others than their manifest says.</summary>
    public long Mismatched { get; init; }

    /// <inheritdoc cref="MediaState"/>
    public MediaState State =>
        Mismatched > 0 || (VouchedInit is not null && InitHash is not null && InitHash != VouchedInit) ? MediaState.Mismatch
        : Unsigned > 0 || VouchedInit is null || InitHash is null ? MediaState.Unsigned
        : MediaState.Signed;
}
