using Cinnabar.Evidence;
using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Alarms;

/// <summary>One warning to one contact: a row of the outbox.</summary>
/// <param name="Key">Idempotency key: incident, episode, number of the warning and contact. Made twice, it is the same row.</param>
/// <param name="Salt">Salt of the recipient's commitment in statements; hex.</param>
/// <param name="TokenHash">SHA-256 of the phone page's token, hex; null for an applicant. The token itself is only in the text.</param>
internal sealed record Warning(
    string Key, string Incident, int Episode, int PlanLevel, string TriggerHash, Contact Contact, Notice Notice, string Salt, string? TokenHash, long CreatedMs)
{
    /// <summary>Attempts that ended.</summary>
    public int Attempts { get; init; }

    /// <summary>SHA-256 over salt and address: stands for the recipient in statements, and means nothing once the salt is erased.</summary>
    public Digest Commitment() => Digest.Of([.. Convert.FromHexString(Salt), .. System.Text.Encoding.UTF8.GetBytes(Contact.Address)]);
}
