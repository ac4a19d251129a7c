using Cinnabar.Registry.States;

namespace Cinnabar.Station.Seals;

/// <summary>A seal on the wall of seals; docs/formats/api.md.</summary>
internal record SealCard
{
    public required string SealNumber { get; init; }

    public required string CaseNumber { get; init; }

    public required string Address { get; init; }

    /// <summary>Ordered for a number without an order.</summary>
    public required LegalState LegalState { get; init; }

    public required DeviceState DeviceState { get; init; }

    public string? DeviceId { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    public required DateOnly Until { get; init; }

    public required int DaysLeft { get; init; }

    public string? OpenIncident { get; init; }

    public int? IncidentLevel { get; init; }

    public string? Still { get; init; }

    public DateTimeOffset? StillTime { get; init; }

    public int? Battery { get; init; }

    public bool? Mains { get; init; }
}
