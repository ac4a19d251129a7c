using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Alarms;

/// <summary>An incident with all that belongs to it; docs/formats/api.md.</summary>
internal sealed record IncidentDetail : IncidentCard
{
    public IncidentOutcome? Outcome { get; init; }

    public string? Note { get; init; }

    public required IReadOnlyList<StillView> Stills { get; init; }

    public RecordingView? Recording { get; init; }

    public required IReadOnlyList<TimelineItem> Timeline { get; init; }

    public required IReadOnlyList<WarningView> Warnings { get; init; }
}
