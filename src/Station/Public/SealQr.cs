using System.Buffers.Text;
using System.Text;
using Cinnabar.Evidence.Cose;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;
using Microsoft.Extensions.Options;
using QRCoder;

namespace Cinnabar.Station.Public;

/// <summary>The code on the seal: the public address, the seal number and the court's signature over it; docs/formats/qr.md.</summary>
/// <remarks>Anybody with the court's roster can check it without the station. Safe for concurrent use.</remarks>
internal sealed class SealQr(StationKeys keys, CourtIdentity court, IOptions<StationOptions> options) : IDisposable
{
    private readonly VerificationKey _key = new(keys.Court.PublicKey);

    /// <summary>Address that stands in the code.</summary>
    public string UrlOf(string sealNumber)
    {
        var root = options.Value.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') : "http://" + options.Value.ConsoleEndpoint;
        return $"{root}/s/{Uri.EscapeDataString(sealNumber)}?k={Base64Url.EncodeToString(keys.Court.Sign(Signed(sealNumber)))}";
    }

    /// <summary>Whether the parameter is this court's signature for this seal.</summary>
    public bool IsGenuine(string sealNumber, string k) =>
        k.Length <= 100 && Base64Url.IsValid(k) && Base64Url.DecodeFromChars(k) is { Length: LowS.SignatureBytes } signature
        && LowS.Holds(signature) && _key.Verify(Signed(sealNumber), signature);

    /// <summary>The code as an SVG picture in a data address; error correction Q, because a sticker is scratched.</summary>
    public string PictureOf(string sealNumber)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(UrlOf(sealNumber), QRCodeGenerator.ECCLevel.Q);
        using var code = new SvgQRCode(data);
        var svg = code.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
    }

    public void Dispose() => _key.Dispose();

    /// <summary>The words keep this signature from being taken for one over anything else the court signs.</summary>
    private byte[] Signed(string sealNumber) => Encoding.UTF8.GetBytes($"cinnabar seal qr v1\n{court.Origin}\n{sealNumber}");
}
