using Cinnabar.Evidence;
using Cinnabar.Station.Facts;
using Dapper;

namespace Cinnabar.Station.Gateway;

/// <summary>Devices, their enrolment codes, the heads of their chains and the commands that wait for them.</summary>
internal sealed class DevicesStore
{
    private readonly StationDatabase _database;

    public DevicesStore(StationDatabase database)
    {
        _database = database;
        database.Migrate("""
            CREATE TABLE IF NOT EXISTS device(
              device TEXT PRIMARY KEY, seal TEXT, key TEXT NOT NULL, sequence INTEGER NOT NULL DEFAULT 0,
              hash TEXT NOT NULL DEFAULT '', contested INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE TABLE IF NOT EXISTS enrolment_code(
              code_hash TEXT PRIMARY KEY, seal TEXT NOT NULL, expires_ms INTEGER NOT NULL, used_by TEXT) STRICT;
            CREATE TABLE IF NOT EXISTS device_command(
              hash TEXT PRIMARY KEY, device TEXT NOT NULL, bytes BLOB NOT NULL, not_after_ms INTEGER NOT NULL, answered INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE INDEX IF NOT EXISTS device_command_waiting ON device_command(device) WHERE answered = 0;
            CREATE TABLE IF NOT EXISTS quarantine(
              hash TEXT PRIMARY KEY, device TEXT NOT NULL, received_ms INTEGER NOT NULL, reason TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
            """);
    }

    public DeviceRow? Find(string device) => _database.Read(c => c.QuerySingleOrDefault<DeviceRow>(
        "SELECT device, seal, key, sequence, hash, contested FROM device WHERE device = @device", new { device }));

    /// <summary>Stores a code by its hash, so that the database does not give it away.</summary>
    public void AddCode(string code, string seal, DateTimeOffset expires) => _database.Write(t => t.Connection!.Execute(
        "INSERT INTO enrolment_code(code_hash, seal, expires_ms) VALUES (@hash, @seal, @expires)",
        new { hash = HashOf(code), seal, expires = expires.ToUnixTimeMilliseconds() }, t));

    /// <summary>Uses a code up.</summary>
    /// <returns>The seal number it was made for; null when it is unknown, used or expired.</returns>
    public string? UseCode(string code, string device, DateTimeOffset now) => _database.Write(t => t.Connection!.QuerySingleOrDefault<string>(
        """
        UPDATE enrolment_code SET used_by = @device
        WHERE code_hash = @hash AND expires_ms > @now AND (used_by IS NULL OR used_by = @device) RETURNING seal
        """,
        new { hash = HashOf(code), device, now = now.ToUnixTimeMilliseconds() }, t));

    public void Add(string device, string seal, Digest key) => _database.Write(t => t.Connection!.Execute(
        "INSERT INTO device(device, seal, key) VALUES (@device, @seal, @key) ON CONFLICT(device) DO UPDATE SET seal = @seal",
        new { device, seal, key = key.ToString() }, t));

    public static void AddCommand(Digest hash, string device, byte[] bytes, long notAfterMs, System.Data.IDbTransaction transaction) =>
        transaction.Connection!.Execute(
            "INSERT OR IGNORE INTO device_command(hash, device, bytes, not_after_ms) VALUES (@hash, @device, @bytes, @notAfterMs)",
            new { hash = hash.ToString(), device, bytes, notAfterMs }, transaction);

    public static void Answered(Digest hash, System.Data.IDbTransaction transaction) => transaction.Connection!.Execute(
        "UPDATE device_command SET answered = 1 WHERE hash = @hash", new { hash = hash.ToString() }, transaction);

    /// <summary>Commands not yet answered and still in their window, oldest first.</summary>
    public IReadOnlyList<byte[]> WaitingCommands(string device, DateTimeOffset now) => _database.Read(c => c.Query<byte[]>(
        "SELECT bytes FROM device_command WHERE device = @device AND answered = 0 AND not_after_ms > @now ORDER BY rowid",
        new { device, now = now.ToUnixTimeMilliseconds() }).AsList());

    /// <summary>Moves the head of a device's chain forward, never back.</summary>
    public static void Advance(string device, long sequence, Digest hash, System.Data.IDbTransaction transaction) =>
        transaction.Connection!.Execute(
            "UPDATE device SET sequence = @sequence, hash = @hash WHERE device = @device AND sequence < @sequence",
            new { device, sequence, hash = hash.ToString() }, transaction);

    public void Contest(string device) => _database.Write(t => t.Connection!.Execute(
        "UPDATE device SET contested = 1 WHERE device = @device", new { device }, t));

    /// <summary>Keeps bytes that came over an authenticated link and were refused: they may be evidence.</summary>
    public void Quarantine(Digest hash, string device, DateTimeOffset received, string reason, byte[] bytes) => _database.Write(t => t.Connection!.Execute(
        "INSERT OR IGNORE INTO quarantine VALUES (@hash, @device, @received, @reason, @bytes)",
        new { hash = hash.ToString(), device, received = received.ToUnixTimeMilliseconds(), reason, bytes }, t));

    private static string HashOf(string code) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(code)).ToString();
}
