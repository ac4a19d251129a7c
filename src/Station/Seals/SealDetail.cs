using Cinnabar.Evidence;
using Cinnabar.Registry.Periods;

namespace Cinnabar.Station.Seals;

/// <summary>Everything the console shows of one seal; docs/formats/api.md.</summary>
internal sealed record SealDetail : SealCard
{
    public required SealCategory Category { get; init; }

    public required DateOnly From { get; init; }

    public required string Description { get; init; }

    public Ruling? Ruling { get; init; }

    public required BilingualText Court { get; init; }

    public Frame? Frame { get; init; }

    public required IReadOnlyList<SealParty> Parties { get; init; }

    public required IReadOnlyList<TimelineItem> History { get; init; }

    public required IReadOnlyList<SentCommand> Commands { get; init; }

    public required long SettingsVersion { get; init; }

    public long? ReportedSettingsVersion { get; init; }
}
