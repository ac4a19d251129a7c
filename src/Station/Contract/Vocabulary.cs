namespace Cinnabar.Station.Contract;

/// <summary>Closed lists of words that the API writes or takes as text.</summary>
/// <remarks>What the station computes itself is an enumeration of C#; these are stored, signed or entered as text.</remarks>
internal enum Vocabulary
{
    Language = 1,

    /// <summary>Roles of accounts.</summary>
    Role = 2,

    /// <summary>Roles of an order's people.</summary>
    PartyRole = 3,

    /// <summary>Commands of the moment.</summary>
    Command = 4,

    /// <summary>Whom a phone link may be for.</summary>
    PhoneRole = 5,
}
