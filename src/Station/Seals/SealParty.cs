using Cinnabar.Station.Contract;

namespace Cinnabar.Station.Seals;

/// <summary>A person of an order. Personal data: in no statement, erasable.</summary>
internal sealed record SealParty(
    string Id, [property: OneOf(Vocabulary.PartyRole)] string Role, string Name, string? Phone, string? Email,
    [property: OneOf(Vocabulary.Language)] string Language);
