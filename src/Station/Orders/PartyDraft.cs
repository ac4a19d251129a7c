namespace Cinnabar.Station.Orders;

/// <summary>A person of the order as entered.</summary>
internal sealed record PartyDraft(string? Role, string? Name, string? Phone, string? Email, string? Language);
