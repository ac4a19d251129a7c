using Cinnabar.Ledger.Rules;

namespace Cinnabar.Ledger;

/// <summary>Why an entry was not let in.</summary>
/// <param name="Code">Number of the verdict in the policy's own numbering, such as that of <c>StatementVerdict</c>; 0 when a rule of the log was broken.</param>
/// <param name="Sentence">The reason for a person, with what to do about it.</param>
public sealed record EntryRefusal(int Code, string Sentence)
{
    /// <summary>The rule of the log that it breaks, a name of <see cref="EntryFault"/>, whatever the policy said; null when it was the policy that refused.</summary>
    public string? Rule { get; init; }

    /// <summary>True when the same entry may be let in later, because another one must get its place first.</summary>
    public bool MayChange => Rule == EntryFault.KeyUnknown;

    internal static EntryRefusal Of(EntryFault fault) => new(0, fault.Sentence) { Rule = fault.Rule };
}
