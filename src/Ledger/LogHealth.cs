namespace Cinnabar.Ledger;

/// <summary>Whether the log writes, and if not, why. Immutable.</summary>
/// <param name="Reason"><see cref="LogStopReason.None"/> while it writes.</param>
/// <param name="Sentence">For the person who must act; empty while it writes.</param>
public sealed record LogHealth(LogStopReason Reason, string Sentence)
{
    /// <summary>The state of a log that writes.</summary>
    public static LogHealth Good { get; } = new(LogStopReason.None, "");

    /// <summary>True while entries are taken and acknowledged.</summary>
    public bool IsWriting => Reason == LogStopReason.None;
}
