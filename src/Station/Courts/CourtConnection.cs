using Cinnabar.Evidence.Governance;

namespace Cinnabar.Station.Courts;

/// <summary>Marks a connection that came in on the port for other courts; the handshake finds out whose it is.</summary>
internal sealed class CourtConnection
{
    /// <summary>The court at the other end; null until the handshake, and behind it never.</summary>
    public CourtMember? Court { get; set; }

    /// <summary>What the other end showed, for the record: never an address, which may be a person's.</summary>
    public string Shown { get; set; } = "no certificate";

    /// <summary>Its place among the connections.</summary>
    public CourtsDoor.Guest? Guest { get; set; }
}
