namespace Cinnabar.Ledger;

/// <summary>Why an entry was not let in.</summary>
/// <param name="Code">Number of the verdict in the policy's own numbering, such as that of <c>StatementVerdict</c>.</param>
/// <param name="Sentence">The reason for a person, with what to do about it.</param>
public sealed record EntryRefusal(int Code, string Sentence);
