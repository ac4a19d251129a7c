using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Uplink;

/// <summary>A new device asks the court for its certificate. Source: docs/formats/uplink.md, Enrolment.</summary>
/// <param name="Code">The one-time code that the court handed to the installer.</param>
/// <param name="Csr">DER certification request (PKCS #10) for the TLS key.</param>
/// <param name="Device">Device id.</param>
/// <param name="Key">The key the device signs statements with.</param>
public sealed record EnrolRequest(string Code, ReadOnlyMemory<byte> Csr, string Device, CoseKey Key)
{
    /// <summary>Path of the enrolment endpoint.</summary>
    public const string Path = "/uplink/enrol";

    /// <summary>The one encoding.</summary>
    public byte[] Encode() => CborValue.Array(
        CborValue.Integer(1), CborValue.Text(Code), CborValue.Bytes(Csr.ToArray()), CborValue.Text(Device), Key.ToCbor()).Encode();

    /// <summary>Reads a request.</summary>
    /// <exception cref="FormatException">The bytes are no enrolment request.</exception>
    public static EnrolRequest Decode(ReadOnlySpan<byte> bytes)
    {
        var parts = CborValue.Decode(bytes).AsArray();
        return parts.Count == 5 && parts[0].AsInteger() == 1
            ? new EnrolRequest(parts[1].AsText(), parts[2].AsBytes(), parts[3].AsText(), CoseKey.FromCbor(parts[4]))
            : throw new FormatException("Not an enrolment request.");
    }
}
