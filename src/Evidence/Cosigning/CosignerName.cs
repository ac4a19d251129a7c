using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Evidence.Cosigning;

/// <summary>Names and key ids on the lines of a cosigning court.</summary>
/// <remarks>Source: C2SP signed-note, "Signature types"; C2SP tlog-cosignature; docs/formats/cosignature.md.</remarks>
public static class CosignerName
{
    private const byte CosignatureType = 0x04;
    private const byte PrivateType = 0xff;
    private const string ReceiptLine = "cinnabar/cose-receipt-es256";

    /// <summary>The name a court cosigns under: that of its own log, and the epoch, because its keys live in one epoch only.</summary>
    public static string Of(string origin, long epoch) => string.Create(CultureInfo.InvariantCulture, $"{origin}/cosigner/{epoch}");

    /// <summary>Key id of the line with the C2SP cosignature/v1: SHA-256(name ‖ 0x0A ‖ 0x04 ‖ key), first four bytes.</summary>
    public static uint NoteKeyId(string name, ReadOnlySpan<byte> noteKey) => KeyId(name, [CosignatureType, .. noteKey]);

    /// <summary>Key id of the line with the signature of the court's COSE receipts: a private type of signed-note.</summary>
    public static uint ReceiptKeyId(string name, CoseKey receiptKey)
    {
        ArgumentNullException.ThrowIfNull(receiptKey);
        return KeyId(name, [PrivateType, .. Encoding.ASCII.GetBytes(ReceiptLine), .. receiptKey.ToSubjectPublicKeyInfo()]);
    }

    private static uint KeyId(string name, ReadOnlySpan<byte> typed) =>
        BinaryPrimitives.ReadUInt32BigEndian(Digest.Of([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. typed]).ToArray());
}
