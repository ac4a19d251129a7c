using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence.Cose;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Keys;

/// <summary>Joins this device to a court, with the code that the court gave to the installer.</summary>
internal static class Enrolment
{
    /// <exception cref="KeyRefusedException">No key, an enrolment already, a code of another form, or an answer that does not fit.</exception>
    /// <exception cref="UplinkClientRefusedException">Not the court, or the court refused.</exception>
    public static async Task RunAsync(SealOptions options, string codeText, Uri station, CancellationToken cancellationToken)
    {
        var code = UplinkClientCode.TryParse(codeText)
            ?? throw new KeyRefusedException("A code reads XXXX-XXXX-XXXX, a full stop, and 32 hex digits: without them nobody could tell the court from an impostor.");
        if (PinnedCourt.Exists(options.Keys))
        {
            throw new KeyRefusedException($"{options.Keys}: this device is enrolled already.");
        }

        using var key = KeyFolder.Load(options.Keys);
        var answer = await UplinkClientEnrolment.RunAsync(station, code, oneTime => Request(options, key, oneTime), cancellationToken);
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
