using Cinnabar.Evidence.Checkpoints;

namespace Cinnabar.Ledger.Courts;

/// <summary>A mirror's answer to one push.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="HeldSize">Number of entries that the mirror holds now.</param>
/// <param name="Lines">Its two cosignature lines with <see cref="MirrorVerdict.Cosigned"/>, otherwise none.</param>
/// <param name="Sentence">Why it is not cosigned: the rule, and the entry that breaks it; empty when it is.</param>
public sealed record MirrorAnswer(MirrorVerdict Verdict, long HeldSize, IReadOnlyList<NoteSignature> Lines, string Sentence);
