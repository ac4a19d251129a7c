namespace Cinnabar.Station.Gateway;

/// <summary>A device as stored: its seal, its key and the head of its chain.</summary>
internal sealed record DeviceRow
{
    public required string Device { get; init; }

    public string? Seal { get; init; }

    public required string Key { get; init; }

    public long Sequence { get; init; }

    public required string Hash { get; init; }

    public bool Contested { get; init; }
}
