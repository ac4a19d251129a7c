using Cinnabar.Evidence;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Contract;

namespace Cinnabar.Station.Phone;

/// <summary>What the page behind the link in a warning shows; docs/formats/api.md, Phone.</summary>
/// <param name="Role">officer: a link goes to no one else.</param>
/// <param name="Pictures">Hashes, for the token's own picture address.</param>
internal sealed record PhoneView(
    [property: OneOf(Vocabulary.PhoneRole)] string Role, string CaseNumber, string Address, BilingualText Kind, int Level, DateTimeOffset OpenedAt, IncidentCondition Condition,
    IncidentHandling Handling, string SealNumber, IReadOnlyList<string> Pictures, bool Acknowledgeable, BilingualText CourtName, string? DutyPhone,
    string? AcknowledgedBy);
