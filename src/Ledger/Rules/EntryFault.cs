namespace Cinnabar.Ledger.Rules;

/// <summary>The first entry that breaks a rule, and the rule.</summary>
/// <param name="Index">Position in the log, from 0.</param>
/// <param name="Rule">One of the names below; stable, for programs and for the answer 422 of a mirror.</param>
/// <param name="Sentence">What is wrong, for a person.</param>
/// <remarks>An entry is checked in the order of the names; docs/design/ledger.md has them as a table.</remarks>
public sealed record EntryFault(long Index, string Rule, string Sentence)
{
    /// <summary>Steps 1 to 9 of docs/formats/statement.md, section 5.</summary>
    public const string Form = "form";

    /// <summary>Entry 0 is the court's genesis, the one its epoch names, and no other entry is one.</summary>
    public const string Genesis = "genesis";

    /// <summary>The kind is not for this issuer to state.</summary>
    public const string Role = "role";

    /// <summary>No earlier entry vouches for the key of this issuer.</summary>
    public const string KeyUnknown = "key-unknown";

    /// <summary>A batch header whose body is not that of docs/formats/kinds.md, or one that speaks of another log.</summary>
    public const string HeaderForm = "header-form";

    /// <summary>A batch header that names another place than its own, or a smaller final head than the one before it.</summary>
    public const string HeaderOrder = "header-order";

    /// <summary>A batch header whose epoch is not in the governance log, older than the one before it, or does not have this court in it.</summary>
    public const string HeaderEpoch = "header-epoch";

    /// <summary>A batch header dated before the one before it, or later than the reader's clock allows.</summary>
    public const string HeaderTime = "header-time";

    /// <summary>An earlier entry, or the epoch, revoked the key.</summary>
    public const string KeyRevoked = "key-revoked";

    /// <summary>The same bytes stand in the log already.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Steps 11 and 12 of docs/formats/statement.md, section 5.</summary>
    public const string Signature = "signature";
}
