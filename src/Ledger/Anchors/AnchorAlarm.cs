using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>Something on the anchor chain that an honest engine or court does not do. Receipts are not affected.</summary>
/// <param name="Serial">Number in this court's book, from 1.</param>
/// <param name="RaisedAt">By this court's clock.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Log">The log that it is about, or null.</param>
/// <param name="Sentence">For the person who must act.</param>
/// <param name="Evidence">What was seen, as UTF-8 lines <c>name: value</c> under a first line that names the form (docs/formats/anchor.md).</param>
public sealed record AnchorAlarm(
    long Serial, DateTimeOffset RaisedAt, AnchorAlarmKind Kind, Digest? Log, BilingualText Sentence, ReadOnlyMemory<byte> Evidence)
{
    /// <summary>Whether the engine is not believed any more until an operator adopts it again.</summary>
    public bool SetsAside => (int)Kind < 100;
}
