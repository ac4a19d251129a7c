namespace Cinnabar.Station.Media;

/// <summary>Where a fragment stands in its file.</summary>
internal sealed record FragmentRow
{
    public long Number { get; init; }

    public bool IsSync { get; init; }

    public long TimeMs { get; init; }

    public long Position { get; init; }

    public long Length { get; init; }

    public required string Hash { get; init; }

    /// <summary>What its manifest says, or null.</summary>
    public string? Vouched { get; init; }
}
