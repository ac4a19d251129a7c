using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Facts;

/// <summary>A statement whose signature and issuer were checked by this station.</summary>
/// <param name="Verified">The statement with the key that verified it.</param>
/// <param name="ReceivedAt">Station clock when its last byte arrived.</param>
internal sealed record Fact(VerifiedStatement Verified, DateTimeOffset ReceivedAt)
{
    public Statement Statement => Verified.Statement;
}
