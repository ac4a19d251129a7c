using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Orders;

/// <summary>Permission to open the door.</summary>
/// <param name="Officer">Who opens.</param>
internal sealed record GrantDraft(
    [property: Required] DateTimeOffset? From, [property: Required] DateTimeOffset? Until, [property: Required] string? Officer,
    [property: Required] string? Reason);
