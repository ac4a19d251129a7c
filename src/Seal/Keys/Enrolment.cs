using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence.Cose;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Keys;

/// <summary>Joins this device to a court, with the code that the court gave to the installer. Makes the device's key if there is none.</summary>
internal static class Enrolment
{
    /// <param name="station">Null for the station of the configuration.</param>
    /// <exception cref="KeyRefusedException">A key that is not private, an enrolment already, a code of another form, or an answer that does not fit.</exception>
    /// <exception cref="UplinkClientRefusedException">Not the court, or the court refused.</exception>
    public static async Task RunAsync(SealOptions options, string codeText, Uri? station, CancellationToken cancellationToken)
    {
        var code = UplinkClientCode.TryParse(codeText)
            ?? throw new KeyRefusedException("A code reads XXXX-XXXX-XXXX, a full stop, and 32 hex digits: without them nobody could tell the court from an impostor.");
        if (PinnedCourt.Exists(options.Keys))
        {
            throw new KeyRefusedException($"{options.Keys}: this device is enrolled already.");
        }

        if (!KeyFolder.HasKey(options.Keys))
        {
            KeyFolder.Generate(options.Keys);
        }

        using var key = KeyFolder.Load(options.Keys);
        var answer = await UplinkClientEnrolment.RunAsync(station ?? options.StationAddress, code, oneTime => Request(options, key, oneTime), cancellationToken);
        PinnedCourt.Pin(options.Keys, answer, options.Device, options.Seal);
    }

    private static EnrolRequest Request(SealOptions options, ECDsa key, string oneTime)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(options.Device);
        var csr = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequest();
        return new EnrolRequest(oneTime, csr, options.Device, CoseKey.From(key));
    }
}
