using System.Diagnostics;
using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Bench;

/// <summary>How long one compact proof with five courts' voices takes to verify offline, from its bytes, at 2^27 entries in the log.</summary>
internal sealed class ProofBench : IDisposable
{
    private const long TreeSize = 1L << 27;
    private const int Courts = 5;

    private readonly byte[] _entry = RandomNumberGenerator.GetBytes(500);
    private readonly List<IDisposable> _keys = [];
    private readonly Epoch _epoch;
    private readonly byte[] _proof;
    private readonly EpochVerifier _courts;

    public ProofBench()
    {
        var (log, cosigners) = (Key(), Enumerable.Range(0, Courts).Select(_ => (Receipt: Key(), Note: NoteKey())).ToArray());
        _epoch = Epoch.Of(new EpochDraft
        {
            Number = 1, Liars = Quorum.LiarsOf(Courts), Courts = [.. cosigners.Select((keys, i) => new CourtMember
            {
                Code = $"京010{i}", Name = new BilingualText($"第{i}法院", $"Court {i}"), Origin = OriginOf(i), Genesis = Digest.Of([(byte)i]),
                Endpoint = $"https://c{i}.example:9443", LinkKey = Digest.Of([1, (byte)i]), LogKey = (i == 0 ? log : Key()).PublicKey,
                ApprovalKey = Key().PublicKey, CosignerKey = keys.Receipt.PublicKey, CosignerNoteKey = keys.Note.PublicKey,
            })],
        });
        _courts = new EpochVerifier(_epoch);
        var leaf = TreeHash.OfLeaf(_entry);
        var path = MerkleTree.ProveInclusion(5, TreeSize, (level, index) => level == 0 && index == 5 ? leaf : Digest.Of([(byte)level]));
        Require(path.TryComputeRoot(leaf, out var root));
        var head = new Checkpoint(OriginOf(0), TreeSize, root);
        Require(SignedNote.TryParse(new CheckpointSigner(head.Origin, log).Sign(head.Size, head.Root), out var note));
        var lines = cosigners.SelectMany((keys, i) => new Cosigner(OriginOf(i), 1, keys.Receipt, keys.Note).Sign(head, 1_767_225_600 + i));
        Require(_courts.Verify(SignedNote.Encode(note!.Text, [.. note.Signatures, .. lines]), head.Origin, out var vouched) == CheckpointVerdict.Valid);
        _proof = TlogProof.Of(vouched!, path).Encode();
    }

    /// <summary>Length of the proof.</summary>
    public int Bytes => _proof.Length;

    /// <summary>Microseconds, with the epoch's keys held ready, and with all of them imported first.</summary>
    public (double Held, double Imported) Measure()
    {
        var start = Stopwatch.GetTimestamp();
        Require(Verifies(_courts));
        var held = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        start = Stopwatch.GetTimestamp();
        using (var fresh = new EpochVerifier(_epoch))
        {
            Require(Verifies(fresh));
        }

        return (held, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
    }

    public void Dispose()
    {
        _courts.Dispose();
        _keys.ForEach(k => k.Dispose());
    }

    private bool Verifies(EpochVerifier courts) => TlogProof.TryParse(_proof, out var proof)
        && proof!.Verify(_entry, OriginOf(0), courts, out var vouched, out var included) == CheckpointVerdict.Valid && included && vouched!.Vouchers.Count == Courts;

    private static string OriginOf(int court) => $"log.c{court}.example/2026";

    private EcdsaSigningKey Key() => Keep(new EcdsaSigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)));

    private Ed25519SigningKey NoteKey() => Keep(new Ed25519SigningKey(RandomNumberGenerator.GetBytes(Ed25519SigningKey.SeedLength)));

    private T Keep<T>(T key)
        where T : IDisposable
    {
        _keys.Add(key);
        return key;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("What is measured does not verify.");
        }
    }
}
