using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Ledger.Rules;

/// <summary>All that can be read off a statement without knowing what came before it: done by many threads at once.</summary>
internal sealed class PreparedEntry
{
    public PreparedEntry(Statement statement)
    {
        Statement = statement;
        if (statement.Kind == CourtGenesis.Kind)
        {
            Genesis = CourtGenesis.TryRead(statement, out var genesis, out var detail) ? genesis : null;
            GenesisFault = detail;
            Keys = genesis is null ? [] : VouchedKey.Of(genesis);
        }
        else if (VouchedKey.Of(statement) is { } key)
        {
            Keys = [key];
        }

        Revoked = VouchedKey.RevokedBy(statement);
        Header = BatchHeader.TryRead(statement, out var header) ? header : null;
    }

    public Statement Statement { get; }

    public CourtGenesis? Genesis { get; }

    public string GenesisFault { get; } = "";

    public IReadOnlyList<VouchedKey> Keys { get; } = [];

    public Digest? Revoked { get; }

    public BatchHeader? Header { get; }
}
