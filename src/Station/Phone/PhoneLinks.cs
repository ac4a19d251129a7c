using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cinnabar.Evidence;
using Cinnabar.Station.Facts;
using Dapper;

namespace Cinnabar.Station.Phone;

/// <summary>The links in warnings: a token is the only right, so it is long, kept as a hash, and ends.</summary>
/// <remarks>
/// Notices makes one for each message, because a link forwarded by one recipient must not speak for another.
/// Safe for concurrent use.
/// </remarks>
internal sealed class PhoneLinks
{
    // 192 bits: beyond guessing at any rate of requests.
    private const int TokenBytes = 24;

    private readonly StationDatabase _database;
    private readonly TimeProvider _time;

    public PhoneLinks(StationDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
        database.Migrate("""
            CREATE TABLE IF NOT EXISTS phone_link(
              token_hash TEXT PRIMARY KEY, incident TEXT NOT NULL, recipient TEXT NOT NULL, role TEXT NOT NULL,
              expires_ms INTEGER NOT NULL) STRICT;
            CREATE INDEX IF NOT EXISTS phone_link_expiry ON phone_link(expires_ms);
            """);
    }

    /// <summary>Makes a link.</summary>
    /// <returns>The token, 32 characters that stand in a URL as they are; the page is <c>/p/{token}</c>. Kept nowhere else.</returns>
    public string Create(PhoneLink link, TimeSpan life)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var now = _time.GetUtcNow();
        _database.Write(t =>
        {
            t.Connection!.Execute("DELETE FROM phone_link WHERE expires_ms <= @now", new { now = now.ToUnixTimeMilliseconds() }, t);
            t.Connection!.Execute(
                "INSERT INTO phone_link VALUES (@hash, @incident, @recipient, @role, @expires)",
                new
                {
                    hash = HashOf(token), incident = link.Incident, recipient = link.Recipient, role = link.Role.ToString(),
                    expires = (now + life).ToUnixTimeMilliseconds(),
                }, t);
        });
        return token;
    }

    /// <summary>What a token gives the right to; null when it is unknown or over.</summary>
    public PhoneLink? Find(string token)
    {
        if (token.Length > 64)
        {
            return null;
        }

        var row = _database.Read(c => c.QuerySingleOrDefault<(string Incident, string Recipient, string Role)?>(
            "SELECT incident, recipient, role FROM phone_link WHERE token_hash = @hash AND expires_ms > @now",
            new { hash = HashOf(token), now = _time.GetUtcNow().ToUnixTimeMilliseconds() }));
        return row is { } found ? new PhoneLink(found.Incident, found.Recipient, Enum.Parse<PhoneRole>(found.Role)) : null;
    }

    private static string HashOf(string token) => Digest.Of(Encoding.UTF8.GetBytes(token)).ToString();
}
