using System.Diagnostics.CodeAnalysis;

namespace Cinnabar.Evidence.Checkpoints;

/// <summary>Turns a P-256 signature from r ‖ s (IEEE P1363) into DER and back. Only the one shortest DER form is read.</summary>
/// <remarks>Source: RFC 3279 section 2.2.3 (Ecdsa-Sig-Value), X.690 section 8.3 and 10. Stateless.</remarks>
public static class EcdsaDer
{
    private const int HalfLength = 32;
    private const byte SequenceTag = 0x30;
    private const byte IntegerTag = 0x02;

    /// <summary>DER of a 64-byte signature: at most 72 bytes.</summary>
    /// <exception cref="ArgumentException">The signature has another length.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 2 * HalfLength)
        {
            throw new ArgumentException($"A P-256 signature has {2 * HalfLength} bytes, not {signature.Length}.", nameof(signature));
        }
        byte[] body = [.. Integer(signature[..HalfLength]), .. Integer(signature[HalfLength..])];
        return [SequenceTag, (byte)body.Length, .. body];
    }

    /// <summary>r ‖ s of a DER signature. False on any other encoding than the shortest, on trailing bytes, and on numbers over 32 bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> der, [NotNullWhen(true)] out byte[]? signature)
    {
        signature = null;
        // Two integers of at most 33 bytes keep every length in its one-byte form.
        if (der.Length < 2 || der[0] != SequenceTag || der[1] != der.Length - 2)
        {
            return false;
        }
        var both = new byte[2 * HalfLength];
        var rest = der[2..];
        if (!TryReadInteger(ref rest, both.AsSpan(..HalfLength)) || !TryReadInteger(ref rest, both.AsSpan(HalfLength..)) || !rest.IsEmpty)
        {
            return false;
        }
        signature = both;
        return true;
    }

    private static byte[] Integer(ReadOnlySpan<byte> number)
    {
        var digits = number.TrimStart((byte)0);
        byte[] value = digits.IsEmpty || digits[0] >= 0x80 ? [0, .. digits] : digits.ToArray();
        return [IntegerTag, (byte)value.Length, .. value];
    }

    private static bool TryReadInteger(ref ReadOnlySpan<byte> rest, Span<byte> number)
    {
        if (rest.Length < 3 || rest[0] != IntegerTag || rest[1] == 0 || rest[1] > rest.Length - 2)
        {
            return false;
        }
        var value = rest.Slice(2, rest[1]);
        rest = rest[(2 + value.Length)..];
        var negative = value[0] >= 0x80;
        var padded = value.Length > 1 && value[0] == 0 && value[1] < 0x80;
        var digits = value.TrimStart((byte)0);
        if (negative || padded || digits.Length > HalfLength)
        {
            return false;
        }
        digits.CopyTo(number[(HalfLength - digits.Length)..]);
        return true;
    }
}
