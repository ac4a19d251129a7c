using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;
using Cinnabar.Uplink;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Gateway;

/// <summary>Hands out one-time codes, and certificates for them.</summary>
internal sealed class Enrolment(
    CertificateAuthority authority, DevicesStore devices, FactWriter writer, KeyRegister keys, GenesisFact genesis,
    IOptions<GatewayOptions> options, TimeProvider time)
{
    private readonly MinuteLimit _failures = new(options.Value.EnrolmentFailuresPerMinuteMax, time);

    /// <summary>A code for the installer: twelve characters without look-alikes, then the fingerprint of the CA to pin.</summary>
    public (string Code, DateTimeOffset Expires) NewCode(string seal)
    {
        var random = RandomNumberGenerator.GetString("23456789ABCDEFGHJKMNPQRSTVWXYZ", 12);
        var secret = $"{random[..4]}-{random[4..8]}-{random[8..]}";
        var expires = time.GetUtcNow() + options.Value.EnrolmentCodeLifetime;
        devices.AddCode(secret, seal, expires);
        return ($"{secret}.{Digest.Of(authority.Der.Span).ToString()[..32]}", expires);
    }

    /// <summary>Answers an enrolment request with an HTTP status and, for 200, the certificate.</summary>
    /// <param name="caller">Network address, by which wrong codes are counted.</param>
    /// <exception cref="FormatException">The device id is malformed.</exception>
    /// <exception cref="CryptographicException">The certification request is malformed.</exception>
    public async Task<(int Status, EnrolAnswer? Answer)> TakeAsync(EnrolRequest request, string caller)
    {
        if (request.Device.Length is 0 or > 64 || !request.Device.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
        {
            throw new FormatException("A device id has 1 to 64 letters, digits, hyphens or dots.");
        }

        if (_failures.IsSpent(caller))
        {
            return (StatusCodes.Status429TooManyRequests, null);
        }

        // First of all: who has no code learns nothing else, not even which devices there are.
        var secret = request.Code.Split('.', 2)[0];
        if (!devices.IsOpen(secret, request.Device, time.GetUtcNow()))
        {
            _failures.Admit(caller);
            return (StatusCodes.Status403Forbidden, null);
        }

        if (IsTaken(request))
        {
            return (StatusCodes.Status409Conflict, null);
        }

        var certificate = authority.IssueDevice(request.Csr.Span, request.Device);
        return devices.UseCode(secret, request.Device, time.GetUtcNow()) is { } seal
            ? await EnrolAsync(request, seal, certificate)
            : (StatusCodes.Status403Forbidden, null);
    }

    /// <summary>The device is known under another key, or the key as another's; a revoked key stays revoked.</summary>
    private bool IsTaken(EnrolRequest request)
    {
        var issuer = $"device:{request.Device}";
        return (devices.Find(request.Device) is { } known && known.Key != request.Key.Thumbprint.ToString())
            || (keys.HolderOf(request.Key.Thumbprint) is { } holder && (holder != issuer || keys.Find(issuer) is null));
    }

    private async Task<(int Status, EnrolAnswer? Answer)> EnrolAsync(EnrolRequest request, string seal, byte[] certificate)
    {
        var written = writer.Court("device.enrolled", seal, CborValue.Map(
            ("device", CborValue.Text(request.Device)), ("key", request.Key.ToCbor()),
            ("csr", CborValue.Bytes(Digest.Of(request.Csr.Span)))));

        // The follower does the same; the seal may connect before it gets there.
        devices.Add(request.Device, seal, request.Key.Thumbprint);

        // The seal pins these bytes; they must be ones the log holds.
        var result = await written.Sequencing;
        return result.IsSequenced
            ? (StatusCodes.Status200OK, new EnrolAnswer(certificate, authority.Der, genesis.Statement.Bytes, written.Statement.Bytes))
            : (StatusCodes.Status503ServiceUnavailable, null);
    }
}
