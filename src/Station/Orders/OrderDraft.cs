using System.ComponentModel.DataAnnotations;
using Cinnabar.Registry.Periods;

namespace Cinnabar.Station.Orders;

/// <summary>What a judge or clerk enters; docs/formats/api.md. Every member may be missing in what a browser sends.</summary>
internal sealed record OrderDraft(
    [property: Required] string? CaseNumber, [property: Required] SealCategory? Category, [property: Required] PropertyDraft? Property,
    [property: Required] DateOnly? From, [property: Required] DateOnly? Until, IReadOnlyList<PartyDraft>? Parties);
