using Cinnabar.Evidence.Cose;

namespace Cinnabar.Evidence.Statements;

/// <summary>A statement whose signature was checked with a key that the checker trusts for its issuer.</summary>
/// <remarks>The only way to one is <see cref="TryVerify"/>. Immutable.</remarks>
public sealed class VerifiedStatement
{
    private VerifiedStatement(Statement statement, CoseKey key)
    {
        Statement = statement;
        Key = key;
    }

    /// <summary>The statement.</summary>
    public Statement Statement { get; }

    /// <summary>The key that verified it.</summary>
    public CoseKey Key { get; }

    /// <summary>Checks steps 10 to 12 of docs/formats/statement.md, section 5.</summary>
    /// <param name="statement">The parsed statement.</param>
    /// <param name="key">The key that the caller trusts for this issuer; that trust is the caller's to establish.</param>
    /// <param name="verified">Set when the verdict is <see cref="StatementVerdict.Valid"/>.</param>
    public static StatementVerdict TryVerify(Statement statement, VerificationKey key, out VerifiedStatement? verified)
    {
        var verdict = statement.Check(key);
        verified = verdict == StatementVerdict.Valid ? new VerifiedStatement(statement, key.PublicKey) : null;
        return verdict;
    }
}
