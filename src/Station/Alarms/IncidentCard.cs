namespace Cinnabar.Station.Alarms;

/// <summary>An incident in the list; docs/formats/api.md.</summary>
internal record IncidentCard
{
    public required string Id { get; init; }

    public required string SealNumber { get; init; }

    public required string CaseNumber { get; init; }

    public required string Address { get; init; }

    public required string Kind { get; init; }

    public required int Level { get; init; }

    public required IncidentCondition Condition { get; init; }

    public required IncidentHandling Handling { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required int Episodes { get; init; }

    public required int WarningsSent { get; init; }

    public DateTimeOffset? NextWarningAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Hash of the picture for the card; absent for those who get text only.</summary>
    public string? Thumbnail { get; init; }
}
