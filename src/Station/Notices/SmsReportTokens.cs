using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cinnabar.Station.Notices;

/// <summary>Makes and reads the per-message token in a delivery report's address.</summary>
/// <remarks>
/// The token is the message's key and an HMAC-SHA256 over it, so nobody can report on a message without having been
/// handed that message, and nothing has to be stored. Reports may come days later: the secret must outlive a restart.
/// </remarks>
internal sealed class SmsReportTokens
{
    private const int MacLength = 16;
    private const int MaxTokenLength = 400;
    private readonly byte[] _secret;

    /// <param name="secret">At least 32 random bytes.</param>
    public SmsReportTokens(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, 32);
        _secret = secret.ToArray();
    }

    public string Issue(string key)
    {
        var name = Encoding.UTF8.GetBytes(key);
        return Base64Url.EncodeToString([.. Mac(name), .. name]);
    }

    /// <returns>The message's key, or null when the token is not one of ours.</returns>
    public string? Read(string token)
    {
        if (token.Length > MaxTokenLength || !Base64Url.IsValid(token)) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= MacLength) return null;
        var name = bytes.AsSpan(MacLength);
        return CryptographicOperations.FixedTimeEquals(Mac(name), bytes.AsSpan(0, MacLength)) ? Encoding.UTF8.GetString(name) : null;
    }

    private byte[] Mac(ReadOnlySpan<byte> name) => HMACSHA256.HashData(_secret, (byte[])[.. "sms report\0"u8, .. name])[..MacLength];
}
