using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Seal.Journal;

/// <summary>The one place where this device signs: number, boot and previous hash are given here and nowhere else.</summary>
/// <remarks>Thread-safe. Waits for neither disk nor network.</remarks>
/// <param name="boot">8 bytes, new at every start.</param>
internal sealed class StatementChainWriter(
    DeviceJournal journal, SigningKey key, string device, string sealNumber, byte[] boot, TimeProvider time)
{
    // Below the verifier's bound by what the clock may be set back while a fact waits to be signed.
    private static readonly TimeSpan s_edgeMax = TimeSpan.FromMilliseconds(DeviceClock.ReorderingMsMax - 1_000);

    private readonly Lock _gate = new();

    public string Device => device;

    public string SealNumber => sealNumber;

    public ReadOnlyMemory<byte> Boot => boot;

    /// <summary>Signs a fact and gives it to the journal.</summary>
    /// <param name="urgent">An alarm: on the disk at once and ahead of everything on the uplink.</param>
    /// <param name="at">The device's clock at the sensor's edge; now when absent, when later than now, or when further back than a reader of
    /// the chain takes for a sensor's edge: order comes from the chain, and a date must not read as a clock turned back.</param>
    public Statement State(string kind, CborValue body, bool urgent = false, HashedData? data = null, DateTimeOffset? at = null)
    {
        lock (_gate)
        {
            var (last, hash) = journal.Head;
            var now = time.GetUtcNow();
            var statement = new StatementDraft
            {
                Issuer = "device:" + device,
                Subject = sealNumber,
                Kind = kind,
                TimeMs = Math.Max(0, (at is { } edge && edge <= now && now - edge <= s_edgeMax ? edge : now).ToUnixTimeMilliseconds()),
                Chain = new StatementChain(boot, last + 1, hash),
                Body = body,
                Data = data,
            }.Sign(key);
            journal.Append(last + 1, statement.Bytes, statement.Hash, urgent);
            return statement;
        }
    }
}
