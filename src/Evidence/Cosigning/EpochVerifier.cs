using System.Buffers.Binary;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Receipts;

namespace Cinnabar.Evidence.Cosigning;

/// <summary>Counts which courts of one epoch vouch for a checkpoint.</summary>
/// <remarks>Holds the epoch's keys imported. Safe for concurrent use. Source: docs/formats/cosignature.md, section 4.</remarks>
public sealed class EpochVerifier : IDisposable
{
    private readonly Dictionary<string, CourtKeys> _logs;
    private readonly Dictionary<string, CourtKeys> _cosigners;

    /// <summary>Imports the keys of an epoch.</summary>
    public EpochVerifier(Epoch epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        Epoch = epoch;
        var keys = epoch.Courts.Select(c => new CourtKeys(c, epoch.Number)).ToArray();
        _logs = keys.ToDictionary(k => k.Court.Origin, StringComparer.Ordinal);
        _cosigners = keys.ToDictionary(k => k.Name, StringComparer.Ordinal);
    }

    /// <summary>Whose courts are counted.</summary>
    public Epoch Epoch { get; }

    /// <summary>Runs the steps of docs/formats/cosignature.md, section 4.</summary>
    /// <param name="note">A signed note, untrusted.</param>
    /// <param name="origin">The log it must speak of.</param>
    /// <param name="vouched">Who vouches for what; only when the verdict is <see cref="CheckpointVerdict.Valid"/>. May be nobody: ask <see cref="VouchedCheckpoint.IsFinal"/>.</param>
    public CheckpointVerdict Verify(ReadOnlySpan<byte> note, string origin, out VouchedCheckpoint? vouched)
    {
        vouched = null;
        if (!_logs.TryGetValue(origin, out var owner))
        {
            return CheckpointVerdict.WrongOrigin;
        }

        // 1. The checkpoint is the log's, signed with the key that the epoch names (docs/formats/checkpoint.md, section 4).
        var verdict = CheckpointVerifier.Verify(note, origin, [owner.Log], out var checkpoint);
        if (verdict != CheckpointVerdict.Valid)
        {
            return verdict;
        }

        _ = SignedNote.TryParse(note, out var parsed);
        return TryCount(checkpoint!, parsed!.Signatures, out var vouchers)
            ? Valid(new VouchedCheckpoint(note.ToArray(), checkpoint!, Epoch, vouchers), out vouched)
            : CheckpointVerdict.SignatureInvalid;
    }

    /// <summary>Counts lines that came by themselves, such as a mirror's answer.</summary>
    /// <returns>False when a line under a known name and key id does not verify.</returns>
    public bool TryCount(Checkpoint checkpoint, IReadOnlyList<NoteSignature> lines, out IReadOnlyList<Voucher> vouchers)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(lines);
        var times = new Dictionary<CourtKeys, long>();
        var receipts = new Dictionary<CourtKeys, ReadOnlyMemory<byte>>();
        vouchers = [];
        foreach (var line in lines)
        {
            if (!_cosigners.TryGetValue(line.Name, out var court))
            {
                continue;
            }

            // 2. Every cosignature of a court of this epoch verifies; one that does not makes the whole note suspect.
            if (line.KeyId == court.NoteKeyId)
            {
                if (!court.TryReadTime(checkpoint, line.Signature.Span, out var time))
                {
                    return false;
                }

                times[court] = time;
            }

            // 3. So does the signature of every court's COSE receipts.
            else if (line.KeyId == court.ReceiptKeyId)
            {
                if (!court.VerifiesReceipts(checkpoint, line.Signature.Span))
                {
                    return false;
                }

                receipts[court] = line.Signature;
            }
        }

        // 4. One voice for each court, however many lines it has.
        vouchers = [.. Epoch.Courts.Select(c => _logs[c.Origin]).Where(times.ContainsKey)
            .Select(k => new Voucher(k.Court, k.Name, times[k], receipts.GetValueOrDefault(k)))];
        return true;
    }

    /// <summary>True for a line under a name and key id of the epoch; says nothing of whether it verifies.</summary>
    public bool IsCosignature(NoteSignature line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return _cosigners.TryGetValue(line.Name, out var court) && (line.KeyId == court.NoteKeyId || line.KeyId == court.ReceiptKeyId);
    }

    /// <summary>Lets go of the keys.</summary>
    public void Dispose()
    {
        foreach (var keys in _logs.Values)
        {
            keys.Dispose();
        }
    }

    private static CheckpointVerdict Valid(VouchedCheckpoint found, out VouchedCheckpoint? vouched)
    {
        vouched = found;
        return CheckpointVerdict.Valid;
    }

    private sealed class CourtKeys : IDisposable
    {
        private readonly VerificationKey _log;
        private readonly VerificationKey _receipt;
        private readonly Ed25519VerificationKey _note;

        public CourtKeys(CourtMember court, long epoch)
        {
            Court = court;
            Name = CosignerName.Of(court.Origin, epoch);
            _log = new VerificationKey(court.LogKey);
            _receipt = new VerificationKey(court.CosignerKey);
            _note = new Ed25519VerificationKey(court.CosignerNoteKey.Span);
            Log = new NoteKey(court.Origin, _log);
            NoteKeyId = CosignerName.NoteKeyId(Name, court.CosignerNoteKey.Span);
            ReceiptKeyId = CosignerName.ReceiptKeyId(Name, court.CosignerKey);
        }

        public CourtMember Court { get; }

        public string Name { get; }

        public NoteKey Log { get; }

        public uint NoteKeyId { get; }

        public uint ReceiptKeyId { get; }

        public bool TryReadTime(Checkpoint checkpoint, ReadOnlySpan<byte> blob, out long timeSeconds)
        {
            timeSeconds = 0;
            if (blob.Length != sizeof(ulong) + Ed25519VerificationKey.SignatureLength)
            {
                return false;
            }

            var time = BinaryPrimitives.ReadUInt64BigEndian(blob);
            if (time > Cosigner.TimeSecondsMax)
            {
                return false;
            }

            timeSeconds = (long)time;
            return _note.Verify(Cosigner.NoteMessage(checkpoint, timeSeconds), blob[sizeof(ulong)..]);
        }

        public bool VerifiesReceipts(Checkpoint checkpoint, ReadOnlySpan<byte> signature) =>
            LowS.Holds(signature) && _receipt.Verify(
                CoseSign1.ToBeSigned(ReceiptIssuer.Header(Name, checkpoint.Origin, Court.CosignerKey.Thumbprint), checkpoint.Root.ToArray()), signature);

        public void Dispose()
        {
            _log.Dispose();
            _receipt.Dispose();
            _note.Dispose();
        }
    }
}
