using System.Buffers;

namespace Cinnabar.Uplink;

/// <summary>What the court hands the installer: a one-time code and the start of the fingerprint of its CA.</summary>
/// <param name="OneTime"><c>XXXX-XXXX-XXXX</c>.</param>
/// <param name="Fingerprint">First 16 bytes of SHA-256 over the CA certificate's DER, 32 lower-case hex digits.</param>
public sealed record UplinkClientCode(string OneTime, string Fingerprint)
{
    private const int OneTimeLength = 14;
    private const int FingerprintLength = 32;
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Reads <c>XXXX-XXXX-XXXX.FINGERPRINT</c>.</summary>
    /// <returns>Null for anything else, above all for a code without a fingerprint.</returns>
    public static UplinkClientCode? TryParse(string text)
    {
        if (text.Length != OneTimeLength + 1 + FingerprintLength || text[OneTimeLength] != '.')
        {
            return null;
        }

        var (code, fingerprint) = (text[..OneTimeLength], text[(OneTimeLength + 1)..]);
        var grouped = code.Select((c, i) => i % 5 == 4 ? c == '-' : char.IsAsciiLetterOrDigit(c)).All(fits => fits);
        return grouped && !fingerprint.AsSpan().ContainsAnyExcept(s_hex)
            ? new UplinkClientCode(code, fingerprint.ToLowerInvariant())
            : null;
    }
}
