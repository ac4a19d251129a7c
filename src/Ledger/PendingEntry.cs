using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger.Rules;

namespace Cinnabar.Ledger;

/// <summary>One entry between append and answer; the answer itself is the task.</summary>
internal sealed class PendingEntry(ReadOnlyMemory<byte> bytes, long arrived)
    : TaskCompletionSource<AppendResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Time stamp of the log's clock.</summary>
    public long Arrived { get; } = arrived;

    /// <summary>The entry as a statement whose signature was checked; null when only its bytes are known.</summary>
    public VerifiedStatement? Verified { get; init; }

    // Written by a checking thread, then read by the writer, with the queue's lock in between.
    public Digest Id { get; set; }

    public Digest Leaf { get; set; }

    /// <summary>Set in a log with rules.</summary>
    public PreparedEntry? Prepared { get; set; }

    public EntryRefusal? Refusal { get; set; }

    public Exception? PolicyFault { get; set; }

    public bool IsChecked { get; set; }
}
