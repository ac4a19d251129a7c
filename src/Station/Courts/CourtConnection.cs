using Cinnabar.Evidence.Governance;

namespace Cinnabar.Station.Courts;

/// <summary>Marks a connection that came in on the port for other courts; the handshake found out whose it is.</summary>
internal sealed class CourtConnection
{
    /// <summary>The court at the other end.</summary>
    public CourtMember? Court { get; set; }
}
