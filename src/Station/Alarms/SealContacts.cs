namespace Cinnabar.Station.Alarms;

/// <summary>What Alarms needs of an order: the words for the warning and the people to warn.</summary>
/// <param name="Place">The property's address; empty once it is erased.</param>
internal sealed record SealContacts(string CaseNumber, string Place, IReadOnlyList<Contact> Contacts);
