using Cinnabar.Station.Notices;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Alarms;

/// <summary>Reads the people to warn from the order: who is warned at which level, and what each may see (domain 6.1).</summary>
internal static class OrderContacts
{
    public static ContactLookup From(SealBoard board, PrivateRecords records) => number => board.Seal(number) is { } seal
        ? Contacts(seal, records.Of(number))
        : null;

    // An ended order may be erased and its seal still hang: the duty desk is warned with the case number alone.
    private static SealContacts Contacts(SealState seal, PrivateRecord? record) => new(
        seal.CaseNumber, record?.Property.Address ?? "", [.. (record?.Parties ?? []).SelectMany(p => ContactsOf(seal.SealNumber, p))]);

    private static IEnumerable<Contact> ContactsOf(string number, SealParty party)
    {
        if (LevelOf(party.Role) is not { } level)
        {
            yield break;
        }

        var audience = party.Role == Access.Applicant ? WarningAudience.Applicant : WarningAudience.Officer;
        var language = party.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? WarningLanguage.English : WarningLanguage.Chinese;
        if (party.Phone is { } phone)
        {
            yield return new Contact(party.Id + ".sms", NameOf(number, party), "sms", phone, audience, language, level);
        }

        if (party.Email is { } email)
        {
            yield return new Contact(party.Id + ".email", NameOf(number, party), "email", email, audience, language, level);
        }
    }

    /// <summary>The name behind an acknowledgement by phone. Not the person's own: it stands in a signed statement (design 2.12).</summary>
    public static string NameOf(string number, SealParty party) => $"{number}/{party.Id}";

    // The debtor is not warned: it may be the debtor who is at the door.
    private static int? LevelOf(string role) => role switch
    {
        Access.Judge or Access.Officer or Access.Applicant => 1,
        Access.Clerk => 2,
        _ => null,
    };
}
