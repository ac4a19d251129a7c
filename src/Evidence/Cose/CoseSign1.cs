using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Evidence.Cose;

/// <summary>The four parts of a COSE_Sign1, tag 18, in deterministic encoding.</summary>
/// <remarks>
/// Holds slices of the bytes it was parsed from. Immutable. Source: RFC 9052 sections 4.2 and 4.4.
/// </remarks>
public sealed class CoseSign1
{
    /// <summary>COSE_Sign1.</summary>
    public const ulong Tag = 18;

    /// <summary>The header label for the algorithm; ES256 is −7.</summary>
    public const long AlgorithmLabel = 1;

    /// <summary>ECDSA with SHA-256 on P-256.</summary>
    public const long Es256 = -7;

    private CoseSign1(byte[] protectedHeader, CborValue unprotected, byte[]? payload, byte[] signature)
    {
        ProtectedHeader = protectedHeader;
        Unprotected = unprotected;
        // Null must stay null: the conversion from an array would make it an attached payload of no bytes.
        if (payload is not null)
        {
            Payload = payload;
        }
        Signature = signature;
    }

    /// <summary>The encoded protected header map.</summary>
    public ReadOnlyMemory<byte> ProtectedHeader { get; }

    /// <summary>The unprotected header map.</summary>
    public CborValue Unprotected { get; }

    /// <summary>The payload, or null when it is detached.</summary>
    public ReadOnlyMemory<byte>? Payload { get; }

    /// <summary>r ‖ s.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Parses one tagged COSE_Sign1 that fills the input.</summary>
    /// <exception cref="CborRefusedException">The bytes are anything else.</exception>
    public static CoseSign1 Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new CborReader(bytes);
        reader.ExpectTag(Tag);
        var start = reader.Position;
        if (reader.ReadArrayHead() != 4)
        {
            throw new CborRefusedException(CborRule.UnexpectedType, start);
        }

        var protectedHeader = reader.ReadBytes().ToArray();
        start = reader.Position;
        var unprotected = reader.ReadValue();
        if (unprotected.Kind != CborKind.Map)
        {
            throw new CborRefusedException(CborRule.UnexpectedType, start);
        }

        start = reader.Position;
        var payload = reader.ReadValue();
        if (payload.Kind is not (CborKind.Bytes or CborKind.Null))
        {
            throw new CborRefusedException(CborRule.UnexpectedType, start);
        }

        var signature = reader.ReadBytes().ToArray();
        reader.End();
        return new CoseSign1(protectedHeader, unprotected, payload.Kind == CborKind.Null ? null : payload.AsBytes().ToArray(), signature);
    }

    /// <summary>Encodes the four parts.</summary>
    /// <param name="payload">Null for a detached payload.</param>
    public static byte[] Encode(ReadOnlySpan<byte> protectedHeader, CborValue unprotected, byte[]? payload, ReadOnlySpan<byte> signature)
    {
        var writer = new CborWriter();
        writer.WriteTag(Tag);
        writer.WriteArrayHead(4);
        writer.WriteBytes(protectedHeader);
        writer.WriteValue(unprotected);
        writer.WriteValue(payload is null ? CborValue.Null : CborValue.Bytes(payload));
        writer.WriteBytes(signature);
        return writer.ToArray();
    }

    /// <summary>The bytes that are signed: Sig_structure with context "Signature1" and no external data.</summary>
    public static byte[] ToBeSigned(ReadOnlySpan<byte> protectedHeader, ReadOnlySpan<byte> payload)
    {
        var writer = new CborWriter();
        writer.WriteArrayHead(4);
        writer.WriteText("Signature1");
        writer.WriteBytes(protectedHeader);
        writer.WriteBytes([]);
        writer.WriteBytes(payload);
        return writer.ToArray();
    }
}
