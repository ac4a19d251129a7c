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
    private readonly Lock _counting = new();
    private DateTimeOffset _minute;
    private int _failures;

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
    /// <exception cref="FormatException">The device id is malformed.</exception>
    /// <exception cref="CryptographicException">The certification request is malformed.</exception>
    public async Task<(int Status, EnrolAnswer? Answer)> TakeAsync(EnrolRequest request)
    {
        if (request.Device.Length is 0 or > 64 || !request.Device.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
        {
            throw new FormatException("A device id has 1 to 64 letters, digits, hyphens or dots.");
        }

        if (TooManyFailures())
        {
            return (StatusCodes.Status429TooManyRequests, null);
        }

        var known = devices.Find(request.Device);
        if (known is not null && known.Key != request.Key.Thumbprint.ToString())
        {
            return (StatusCodes.Status409Conflict, null);
        }

        var certificate = authority.IssueDevice(request.Csr.Span, request.Device);
        var secret = request.Code.Split('.', 2)[0];
        if (devices.UseCode(secret, request.Device, time.GetUtcNow()) is not { } seal)
        {
            Fail();
            return (StatusCodes.Status403Forbidden, null);
        }

        var written = writer.Court("device.enrolled", seal, CborValue.Map(
            ("device", CborValue.Text(request.Device)), ("key", request.Key.ToCbor()),
            ("csr", CborValue.Bytes(Digest.Of(request.Csr.Span)))));
        devices.Add(request.Device, seal, request.Key.Thumbprint);

        // The seal pins these bytes; they must be ones the log holds.
        var result = await written.Sequencing;
        return result.IsSequenced && keys.Find($"device:{request.Device}") is not null
            ? (StatusCodes.Status200OK, new EnrolAnswer(certificate, authority.Der, genesis.Statement.Bytes, written.Statement.Bytes))
            : (StatusCodes.Status503ServiceUnavailable, null);
    }

    private bool TooManyFailures()
    {
        lock (_counting)
        {
            return time.GetUtcNow() - _minute < TimeSpan.FromMinutes(1) && _failures >= options.Value.EnrolmentFailuresPerMinuteMax;
        }
    }

    private void Fail()
    {
        lock (_counting)
        {
            var now = time.GetUtcNow();
            if (now - _minute >= TimeSpan.FromMinutes(1))
            {
                _minute = now;
                _failures = 0;
            }

            _failures++;
        }
    }
}
