namespace Cinnabar.Station.Seals;

/// <summary>One incident as the incident.* statements tell it. Immutable.</summary>
internal sealed record IncidentState
{
    public required string Id { get; init; }

    public required string SealNumber { get; init; }

    /// <summary>Kind of the gravest trigger.</summary>
    public string Kind { get; init; } = "";

    public int Level { get; init; }

    public long OpenedMs { get; init; }

    public bool Active { get; init; }

    public bool Closed { get; init; }

    public string? AcknowledgedBy { get; init; }

    public long? AcknowledgedMs { get; init; }

    /// <summary>Hashes of full pictures, oldest first, at most <see cref="SealFacts.PicturesMax"/>.</summary>
    public IReadOnlyList<string> Pictures { get; init; } = [];

    public string Handling => Closed ? "closed" : AcknowledgedBy is null ? "unacknowledged" : "acknowledged";

    public string Condition => Active ? "active" : "cleared";
}
