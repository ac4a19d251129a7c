using System.Data;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
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
              device TEXT PRIMARY KEY, seal TEXT NOT NULL, key TEXT NOT NULL, sequence INTEGER NOT NULL DEFAULT 0, hash TEXT NOT NULL DEFAULT '',
              boot TEXT NOT NULL DEFAULT '', through INTEGER NOT NULL DEFAULT 0, contested INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE TABLE IF NOT EXISTS device_boot(device TEXT NOT NULL, boot TEXT NOT NULL, PRIMARY KEY(device, boot)) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS enrolment_code(
              code_hash TEXT PRIMARY KEY, seal TEXT NOT NULL, expires_ms INTEGER NOT NULL, used_by TEXT) STRICT;
            CREATE TABLE IF NOT EXISTS device_command(
              hash TEXT PRIMARY KEY, device TEXT NOT NULL, kind TEXT NOT NULL, bytes BLOB NOT NULL, not_after_ms INTEGER NOT NULL,
              answered INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE INDEX IF NOT EXISTS device_command_waiting ON device_command(device) WHERE answered = 0;
            CREATE TABLE IF NOT EXISTS quarantine(
              hash TEXT PRIMARY KEY, device TEXT NOT NULL, received_ms INTEGER NOT NULL, reason TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
            CREATE INDEX IF NOT EXISTS quarantine_device ON quarantine(device);
            """);
    }

    public DeviceRow? Find(string device) => _database.Read(c => c.QuerySingleOrDefault<DeviceRow>(
        "SELECT device, seal, key, sequence, hash, boot, through, contested FROM device WHERE device = @device", new { device }));

    public bool HadBoot(string device, string boot) => _database.Read(c => c.ExecuteScalar<bool>(
        "SELECT EXISTS(SELECT 1 FROM device_boot WHERE device = @device AND boot = @boot)", new { device, boot }));

    /// <summary>Stores a code by its hash, so that the database does not give it away.</summary>
    public void AddCode(string code, string seal, DateTimeOffset expires) => _database.Write(t => t.Connection!.Execute(
        "INSERT INTO enrolment_code(code_hash, seal, expires_ms) VALUES (@hash, @seal, @expires)",
        new { hash = HashOf(code), seal, expires = expires.ToUnixTimeMilliseconds() }, t));

    /// <summary>True for a code that this device may use now: unknown, expired and used by another are all the same.</summary>
    public bool IsOpen(string code, string device, DateTimeOffset now) => _database.Read(c => c.ExecuteScalar<bool>(
        "SELECT EXISTS(SELECT 1 FROM enrolment_code WHERE code_hash = @hash AND expires_ms > @now AND (used_by IS NULL OR used_by = @device))",
        new { hash = HashOf(code), device, now = now.ToUnixTimeMilliseconds() }));

    /// <summary>Uses a code up; the same device may use it again, because an answer may be lost on its way.</summary>
    /// <returns>The seal number it was made for; null when it is unknown, used or expired.</returns>
    public string? UseCode(string code, string device, DateTimeOffset now) => _database.Write(t => t.Connection!.QuerySingleOrDefault<string>(
        """
        UPDATE enrolment_code SET used_by = @device
        WHERE code_hash = @hash AND expires_ms > @now AND (used_by IS NULL OR used_by = @device) RETURNING seal
        """,
        new { hash = HashOf(code), device, now = now.ToUnixTimeMilliseconds() }, t));

    /// <summary>Makes a device known, or binds it to another seal.</summary>
    public void Add(string device, string seal, Digest key) => _database.Write(t => Add(device, seal, key, t));

    /// <inheritdoc cref="Add(string, string, Digest)"/>
    public static void Add(string device, string seal, Digest key, IDbTransaction transaction) => transaction.Connection!.Execute(
        "INSERT INTO device(device, seal, key) VALUES (@device, @seal, @key) ON CONFLICT(device) DO UPDATE SET seal = @seal, key = @key",
        new { device, seal, key = key.ToString() }, transaction);

    /// <summary>Keeps a command; newer settings take the place of older ones.</summary>
    public static void AddCommand(string device, Statement command, IDbTransaction transaction)
    {
        if (command.Kind == "settings")
        {
            transaction.Connection!.Execute(
                "UPDATE device_command SET answered = 1 WHERE device = @device AND kind = 'settings' AND answered = 0", new { device }, transaction);
        }

        transaction.Connection!.Execute(
            "INSERT OR IGNORE INTO device_command(hash, device, kind, bytes, not_after_ms) VALUES (@hash, @device, @Kind, @bytes, @until)",
            new
            {
                hash = command.Hash.ToString(), device, command.Kind, bytes = command.Bytes.ToArray(),
                until = command.Body.IntegerOrNull("not_after") ?? long.MaxValue,
            },
            transaction);
    }

    /// <summary>The device the command was for has answered it; another's answer changes nothing.</summary>
    public static void Answered(Digest command, string device, IDbTransaction transaction) => transaction.Connection!.Execute(
        "UPDATE device_command SET answered = 1 WHERE hash = @hash AND device = @device", new { hash = command.ToString(), device }, transaction);

    /// <summary>Commands not yet answered and still in their window, oldest first.</summary>
    public IReadOnlyList<(string Hash, byte[] Bytes)> WaitingCommands(string device, DateTimeOffset now) => _database.Read(c => c.Query<(string, byte[])>(
        "SELECT hash, bytes FROM device_command WHERE device = @device AND answered = 0 AND not_after_ms > @now ORDER BY rowid",
        new { device, now = now.ToUnixTimeMilliseconds() }).AsList());

    /// <summary>Moves the head of a device's chain forward, never back.</summary>
    public static void Advance(string device, Statement statement, IDbTransaction transaction)
    {
        var chain = statement.Chain!;
        var row = new { device, chain.Sequence, hash = statement.Hash.ToString(), boot = Convert.ToHexStringLower(chain.Boot.Span) };
        transaction.Connection!.Execute(
            "UPDATE device SET sequence = @Sequence, hash = @hash, boot = @boot WHERE device = @device AND sequence < @Sequence", row, transaction);
        transaction.Connection!.Execute("UPDATE device SET through = @Sequence WHERE device = @device AND through = @Sequence - 1", row, transaction);
        transaction.Connection!.Execute("INSERT OR IGNORE INTO device_boot VALUES (@device, @boot)", row, transaction);
    }

    /// <summary>More than one party speaks as this device; nothing takes that back but another device.</summary>
    public static void Contest(string device, IDbTransaction transaction) => transaction.Connection!.Execute(
        "UPDATE device SET contested = 1 WHERE device = @device", new { device }, transaction);

    /// <summary>Keeps bytes that came over an authenticated link and were refused: they may be evidence.</summary>
    /// <param name="deviceBytesMax">Bytes kept of one device before no more are.</param>
    /// <returns>False when the device's share is used up.</returns>
    public bool Quarantine(string device, DateTimeOffset received, string reason, byte[] bytes, long deviceBytesMax) => _database.Write(t =>
    {
        var kept = t.Connection!.ExecuteScalar<long>(
            "SELECT coalesce(sum(length(bytes)), 0) FROM quarantine WHERE device = @device", new { device }, t);
        if (kept + bytes.Length > deviceBytesMax)
        {
            return false;
        }

        t.Connection!.Execute(
            "INSERT OR IGNORE INTO quarantine VALUES (@hash, @device, @received, @reason, @bytes)",
            new { hash = Digest.Of(bytes).ToString(), device, received = received.ToUnixTimeMilliseconds(), reason, bytes }, t);
        return true;
    });

    private static string HashOf(string code) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(code)).ToString();
}
