namespace Cinnabar.Ledger.Anchors;

/// <summary>What one step changes in a book: all of it is durable together, or nothing.</summary>
public sealed record AnchorBookChange
{
    /// <summary>Put under its serial, or null.</summary>
    public AnchorSegment? Segment { get; init; }

    /// <summary>Added, or null.</summary>
    public AnchorBlock? Block { get; init; }

    /// <summary>Added, or null.</summary>
    public AnchorAlarm? Alarm { get; init; }

    /// <summary>Put under its log, or null.</summary>
    public OwnLog? Own { get; init; }

    /// <summary>Removed from what is owed, by log and size; before <see cref="Owed"/> is put.</summary>
    public IReadOnlyList<Anchor> Settled { get; init; } = [];

    /// <summary>Put under log and size.</summary>
    public IReadOnlyList<OwedAnchor> Owed { get; init; } = [];
}
