using System.Formats.Asn1;
using System.Security.Cryptography.Pkcs;

namespace Cinnabar.Ledger.Timestamps.Tests;

/// <summary>Answers that no honest authority makes: <c>openssl ts</c> refuses such certificates, <c>openssl cms</c> signs with them.</summary>
internal static class Resigned
{
    /// <summary>What the authority said, signed again with another certificate.</summary>
    public static byte[] By(SigningCertificate signing, byte[] reply, bool namesTheCertificate = true)
    {
        var folder = Directory.CreateTempSubdirectory("cinnabar-resigned-").FullName;
        try
        {
            signing.Write(folder);
            File.WriteAllBytes(Path.Combine(folder, "info.der"), InfoOf(reply));
            OpenSsl.Run(
                folder,
                [
                    "cms", "-sign", "-binary", "-nodetach", "-econtent_type", "1.2.840.113549.1.9.16.1.4", "-md", "sha256", "-nosmimecap",
                    "-signer", "tsa.pem", "-inkey", "tsa.key", "-in", "info.der", "-outform", "DER", "-out", "token.der",
                    .. namesTheCertificate ? ["-cades"] : Array.Empty<string>(),
                ]);
            return Wrapped(File.ReadAllBytes(Path.Combine(folder, "token.der")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A token in a granted answer.</summary>
    public static byte[] Wrapped(byte[] token)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(0);
            }

            writer.WriteEncodedValue(token);
        }

        return writer.Encode();
    }

    /// <summary>The token in an answer.</summary>
    public static byte[] TokenOf(byte[] reply)
    {
        var body = new AsnReader(reply, AsnEncodingRules.DER).ReadSequence();
        body.ReadEncodedValue();
        return body.ReadEncodedValue().ToArray();
    }

    private static byte[] InfoOf(byte[] reply)
    {
        var cms = new SignedCms();
        cms.Decode(TokenOf(reply));
        return cms.ContentInfo.Content;
    }
}
