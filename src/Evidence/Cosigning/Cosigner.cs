using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Receipts;

namespace Cinnabar.Evidence.Cosigning;

/// <summary>Puts one court's two cosignatures under a checkpoint: a C2SP cosignature/v1, and the signature of its COSE receipts.</summary>
/// <remarks>
/// Signs whatever it is given: that the court holds every entry, has checked it, and signs one root only for a size, is the
/// caller's duty, and durable before the lines leave. Safe for concurrent use. Keys stay the caller's. Source: docs/formats/cosignature.md.
/// </remarks>
public sealed class Cosigner
{
    /// <summary>The latest time a cosignature can name: the last second of the year 9999.</summary>
    public const long TimeSecondsMax = 253_402_300_799;

    private readonly SigningKey _receiptKey;
    private readonly Ed25519SigningKey _noteKey;
    private readonly uint _noteKeyId;
    private readonly uint _receiptKeyId;

    /// <summary>Takes the court's cosigning keys of one epoch.</summary>
    /// <param name="origin">Name of the court's own log.</param>
    /// <param name="epoch">Number of the epoch.</param>
    /// <param name="receiptKey">ES256.</param>
    /// <param name="noteKey">Ed25519.</param>
    public Cosigner(string origin, long epoch, SigningKey receiptKey, Ed25519SigningKey noteKey)
    {
        ArgumentNullException.ThrowIfNull(receiptKey);
        ArgumentNullException.ThrowIfNull(noteKey);
        Name = CosignerName.Of(origin, epoch);
        _receiptKey = receiptKey;
        _noteKey = noteKey;
        _noteKeyId = CosignerName.NoteKeyId(Name, noteKey.PublicKey.Span);
        _receiptKeyId = CosignerName.ReceiptKeyId(Name, receiptKey.PublicKey);
    }

    /// <summary>The name on both lines.</summary>
    public string Name { get; }

    /// <summary>The two lines of this court.</summary>
    /// <param name="checkpoint">What is vouched for.</param>
    /// <param name="timeSeconds">The court's clock, seconds since 1970-01-01 UTC, up to <see cref="TimeSecondsMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is no date before the year 10000.</exception>
    public IReadOnlyList<NoteSignature> Sign(Checkpoint checkpoint, long timeSeconds)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentOutOfRangeException.ThrowIfNegative(timeSeconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeSeconds, TimeSecondsMax);
        var header = ReceiptIssuer.Header(Name, checkpoint.Origin, _receiptKey.PublicKey.Thumbprint);
        return
        [
            new NoteSignature(Name, _noteKeyId, Timed(timeSeconds, _noteKey.Sign(NoteMessage(checkpoint, timeSeconds)))),
            new NoteSignature(Name, _receiptKeyId, _receiptKey.Sign(CoseSign1.ToBeSigned(header, checkpoint.Root.ToArray()))),
        ];
    }

    /// <summary>What a cosignature/v1 covers. Source: C2SP tlog-cosignature, "Format".</summary>
    internal static byte[] NoteMessage(Checkpoint checkpoint, long timeSeconds) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {timeSeconds}\n{checkpoint.ToText()}"));

    private static byte[] Timed(long timeSeconds, byte[] signature)
    {
        var blob = new byte[sizeof(ulong) + signature.Length];
        BinaryPrimitives.WriteUInt64BigEndian(blob, (ulong)timeSeconds);
        signature.CopyTo(blob, sizeof(ulong));
        return blob;
    }
}
