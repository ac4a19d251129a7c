using Cinnabar.Registry.Periods;

namespace Cinnabar.Station.Orders;

/// <summary>What a judge or clerk enters; docs/formats/api.md. Every member may be missing in what a browser sends.</summary>
internal sealed record OrderDraft(
    string? CaseNumber, SealCategory? Category, PropertyDraft? Property, DateOnly? From, DateOnly? Until, IReadOnlyList<PartyDraft>? Parties);

