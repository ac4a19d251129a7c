namespace Cinnabar.Station.Gateway;

/// <summary>A device as stored: its seal, its key and the head of its chain.</summary>
internal sealed record DeviceRow
{
    public required string Device { get; init; }

    /// <summary>The seal number it was last enrolled for.</summary>
    public required string Seal { get; init; }

    public required string Key { get; init; }

    /// <summary>Highest sequence number in the log.</summary>
    public long Sequence { get; init; }

    /// <summary>Hash of the statement with that number.</summary>
    public required string Hash { get; init; }

    /// <summary>Boot id of that statement, hexadecimal.</summary>
    public required string Boot { get; init; }

    /// <summary>All statements up to this number are in the log.</summary>
    public long Through { get; init; }

    public bool Contested { get; init; }
}
