namespace Cinnabar.Station.Orders;

/// <summary>Permission to open the door.</summary>
/// <param name="Officer">Who opens.</param>
internal sealed record GrantDraft(DateTimeOffset? From, DateTimeOffset? Until, string? Officer, string? Reason);
