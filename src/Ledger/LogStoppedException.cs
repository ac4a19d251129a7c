namespace Cinnabar.Ledger;

/// <summary>Something was awaited that cannot come any more, because the writer has stopped.</summary>
/// <param name="health">Why it stopped.</param>
public sealed class LogStoppedException(LogHealth health)
    : Exception($"The log does not write ({health?.Reason}): {health?.Sentence}")
{
    /// <summary>Why it stopped.</summary>
    public LogHealth? Health { get; } = health;
}
