using System.Collections.Concurrent;
using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Facts;
using Dapper;

namespace Cinnabar.Station.Seals;

/// <summary>The people of each order: the one place of personal data, behind a salted commitment in the log (design 2.12).</summary>
/// <remarks>
/// The commitment is SHA-256 over salt and record. Erasing both leaves every proof valid and says nothing about who it was.
/// Kept in memory too, because a warning asks for phones and waits for no disk. Safe for concurrent use.
/// </remarks>
internal sealed class SealParties
{
    private const int SaltBytes = 32;

    private readonly StationDatabase _database;
    private readonly ConcurrentDictionary<string, IReadOnlyList<SealParty>> _parties = new(StringComparer.Ordinal);

    public SealParties(StationDatabase database)
    {
        _database = database;
        database.Migrate("CREATE TABLE IF NOT EXISTS order_record(seal TEXT PRIMARY KEY, salt BLOB NOT NULL, record BLOB NOT NULL) STRICT;");
        foreach (var (seal, record) in database.Read(c => c.Query<(string, byte[])>("SELECT seal, record FROM order_record").AsList()))
        {
            _parties[seal] = Decode(CborValue.Decode(record));
        }
    }

    /// <summary>The people of a seal's order; none when unknown or erased.</summary>
    public IReadOnlyList<SealParty> Of(string seal) => _parties.GetValueOrDefault(seal, []);

    /// <summary>Keeps the people of a new order.</summary>
    /// <returns>The commitment that may stand in the log.</returns>
    public Digest Keep(string seal, IReadOnlyList<SealParty> parties)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var record = Encode(parties).Encode();
        _database.Write(t => t.Connection!.Execute(
            "INSERT INTO order_record VALUES (@seal, @salt, @record)", new { seal, salt, record }, t));
        _parties[seal] = parties;
        return Digest.Of([.. salt, .. record]);
    }

    /// <summary>Forgets the people of an order for good.</summary>
    /// <returns>False when there was nothing to forget.</returns>
    public bool Erase(string seal)
    {
        var erased = _database.Write(t => t.Connection!.Execute("DELETE FROM order_record WHERE seal = @seal", new { seal }, t)) > 0;
        _parties.TryRemove(seal, out _);
        return erased;
    }

    private static CborValue Encode(IReadOnlyList<SealParty> parties) => CborValue.Array([.. parties.Select(p => CborValue.Map(
        ("id", CborValue.Text(p.Id)), ("role", CborValue.Text(p.Role)), ("name", CborValue.Text(p.Name)),
        ("phone", p.Phone is { } phone ? CborValue.Text(phone) : null), ("email", p.Email is { } email ? CborValue.Text(email) : null),
        ("language", CborValue.Text(p.Language))))]);

    private static SealParty[] Decode(CborValue record) => [.. record.AsArray().Select(p => new SealParty(
        p["id"].AsText(), p["role"].AsText(), p["name"].AsText(), p.TextOrNull("phone"), p.TextOrNull("email"), p["language"].AsText()))];
}
