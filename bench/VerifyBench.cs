using System.Diagnostics;
using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Receipts;

namespace Cinnabar.Bench;

/// <summary>How long one receipt takes to verify offline, from its bytes, at 2^27 entries in the log; beside it the bare signature check.</summary>
internal static class VerifyBench
{
    private const long TreeSize = 1L << 27;
    private const int EntryBytes = 500;
    private const string Origin = "log.court.example/bench";

    public static Task<object> RunAsync(int runs, int count, CancellationToken cancellationToken)
    {
        using var signing = new EcdsaSigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        using var key = new VerificationKey(signing.PublicKey);
        var entry = RandomNumberGenerator.GetBytes(EntryBytes);
        var receipt = Receipt(entry, signing);

        // One call each before anything is measured, so that compiling is not.
        Require(ReceiptVerifier.Verify(receipt, entry, Origin, key, out var root) == ReceiptVerdict.Valid);
        var rootBytes = root.ToArray();
        var signature = signing.Sign(rootBytes);
        Require(key.Verify(rootBytes, signature));

        var cached = new List<double>();
        var imported = new List<double>();
        var bare = new List<double>();
        var (proofs, proofsImported) = (new List<double>(), new List<double>());
        using var proof = new ProofBench();
        proof.Measure();
        for (var run = 0; run < runs; run++)
        {
            for (var i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                cached.Add(Measure(() => ReceiptVerifier.Verify(receipt, entry, Origin, key, out _) == ReceiptVerdict.Valid));
                imported.Add(Measure(() =>
                {
                    using var fresh = new VerificationKey(signing.PublicKey);
                    return ReceiptVerifier.Verify(receipt, entry, Origin, fresh, out _) == ReceiptVerdict.Valid;
                }));
                bare.Add(Measure(() => key.Verify(rootBytes, signature)));
                var (ready, anew) = proof.Measure();
                proofs.Add(ready);
                proofsImported.Add(anew);
            }
        }

        return Task.FromResult<object>(new
        {
            How = $"One receipt of a log of 2^27 entries ({receipt.Length} bytes), entry of {EntryBytes} bytes, one thread: parse, 27 hashes, one signature. Microseconds.",
            ReceiptUs = Spread.Of(cached),
            ReceiptWithKeyImportUs = Spread.Of(imported),
            PeerBareSignatureUs = Spread.Of(bare),
            ProofHow = $"One tlog-proof with the voices of five courts ({proof.Bytes} bytes), the same entry and size: parse, 27 hashes, six signatures. Microseconds.",
            ProofUs = Spread.Of(proofs),
            ProofWithKeyImportUs = Spread.Of(proofsImported),
        });
    }

    private static byte[] Receipt(byte[] entry, EcdsaSigningKey key)
    {
        var leaf = TreeHash.OfLeaf(entry);
        var proof = MerkleTree.ProveInclusion(5, TreeSize, (level, index) => level == 0 && index == 5 ? leaf : Digest.Of([(byte)level]));
        Require(proof.TryComputeRoot(leaf, out var root));
        return new ReceiptIssuer(Origin, key).Sign(root).CutReceipt(leaf, proof);
    }

    private static double Measure(Func<bool> work)
    {
        var start = Stopwatch.GetTimestamp();
        Require(work());
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("What is measured does not verify.");
        }
    }
}
