namespace Cinnabar.Station.Seals;

/// <summary>A person of an order. Personal data: in no statement, erasable.</summary>
internal sealed record SealParty(string Id, string Role, string Name, string? Phone, string? Email, string Language);
