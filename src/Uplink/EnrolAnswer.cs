using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Uplink;

/// <summary>The court's answer to an enrolment. Source: docs/formats/uplink.md, Enrolment.</summary>
/// <param name="Certificate">DER certificate of the device's TLS key.</param>
/// <param name="Authority">DER certificate of the court's own CA, which the seal pins.</param>
/// <param name="Genesis">The court's <c>court.genesis</c> statement, whose keys the seal pins.</param>
/// <param name="Enrolled">The <c>device.enrolled</c> statement.</param>
public sealed record EnrolAnswer(
    ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Authority, ReadOnlyMemory<byte> Genesis, ReadOnlyMemory<byte> Enrolled)
{
    /// <summary>The one encoding.</summary>
    public byte[] Encode() => CborValue.Array(
        CborValue.Integer(2), CborValue.Bytes(Certificate.ToArray()), CborValue.Bytes(Authority.ToArray()),
        CborValue.Bytes(Genesis.ToArray()), CborValue.Bytes(Enrolled.ToArray())).Encode();

    /// <summary>Reads an answer.</summary>
    /// <exception cref="FormatException">The bytes are no enrolment answer.</exception>
    public static EnrolAnswer Decode(ReadOnlySpan<byte> bytes)
    {
        var parts = CborValue.Decode(bytes).AsArray();
        return parts.Count == 5 && parts[0].AsInteger() == 2
            ? new EnrolAnswer(parts[1].AsBytes(), parts[2].AsBytes(), parts[3].AsBytes(), parts[4].AsBytes())
            : throw new FormatException("Not an enrolment answer.");
    }
}
