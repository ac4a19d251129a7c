using System.ComponentModel.DataAnnotations;
using Cinnabar.Station.Contract;

namespace Cinnabar.Station.Orders;

/// <summary>A person of the order as entered.</summary>
internal sealed record PartyDraft(
    [property: Required, OneOf(Vocabulary.PartyRole)] string? Role, [property: Required] string? Name, string? Phone, string? Email,
    [property: OneOf(Vocabulary.Language)] string? Language);
