using System.Security.Cryptography;
using System.Text;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Ledger.Fsck;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Ledger.Tests;

/// <summary>A log with a fixed key and name, so that a test and its child process speak of the same one.</summary>
internal static class TestLog
{
    public const string Origin = "court.example/log/1";

    public static readonly byte[] Genesis = Encoding.UTF8.GetBytes("genesis of court.example/log/1");

    private static readonly EcdsaSigningKey s_key = NewKey(1);

    public static VerificationKey PublicKey { get; } = new(s_key.PublicKey);

    public static NoteKey NoteKey { get; } = new(Origin, PublicKey);

    public static CourtLogIdentity Identity { get; } = IdentityWith(s_key);

    public static CourtLogIdentity IdentityWith(SigningKey key) =>
        new(new CheckpointSigner(Origin, key), Genesis, new ReceiptIssuer(Origin, key));

    public static CourtLog Open(ILogStore store, CourtLogOptions? options = null, EntryPolicy? policy = null) =>
        CourtLog.Open(store, Identity, policy ?? (_ => null), options ?? AtOnce(), TimeProvider.System);

    /// <summary>No waiting for company: a test's single append is a batch of its own.</summary>
    public static CourtLogOptions AtOnce() => new() { BatchWindow = TimeSpan.Zero };

    public static byte[] Entry(int number, int length = 100)
    {
        var entry = new byte[length];
        Encoding.UTF8.GetBytes($"entry {number} ").CopyTo(entry, 0);
        return entry;
    }

    /// <summary>Appends entries first … first + count − 1 side by side, in order.</summary>
    public static async Task<AppendResult[]> AppendAsync(CourtLog log, int first, int count)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var appends = Enumerable.Range(first, count).Select(i => log.AppendAsync(Entry(i), cancellation).AsTask()).ToArray();
        return await Task.WhenAll(appends);
    }

    public static Task<FsckReport> FsckAsync(ILogStore store) => FsckAsync(new StoreTileSource(store));

    public static Task<FsckReport> FsckAsync(ITileSource source) =>
        new LogFsck(source, null).RunAsync(Origin, [NoteKey], null, TestContext.Current.CancellationToken);

    public static EcdsaSigningKey NewKey(byte scalar)
    {
        var d = new byte[32];
        d[31] = scalar;
        return new EcdsaSigningKey(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d }));
    }
}
