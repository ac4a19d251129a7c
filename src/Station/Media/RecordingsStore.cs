using System.Data;
using Cinnabar.Evidence;
using Cinnabar.Station.Facts;
using Cinnabar.Uplink;
using Dapper;

namespace Cinnabar.Station.Media;

/// <summary>Recorded video: one growing file a run of the encoder, an index of its fragments, and what manifests say of them.</summary>
internal sealed class RecordingsStore
{
    // What a row of both tables says; manifests may come before or after the fragments they speak of.
    private const string Columns = """
        r.name, r.seal, r.codec, r.width, r.height, r.init_hash AS initHash,
        (SELECT i.hash FROM manifest_init i WHERE i.name = r.name) AS vouchedInit,
        coalesce(min(f.time_ms), 0) AS fromMs, coalesce(max(f.time_ms), 0) AS untilMs,
        coalesce(max(CASE WHEN m.hash IS NOT NULL THEN f.time_ms END), 0) AS vouchedUntilMs,
        coalesce(sum(f.hash IS NOT NULL AND m.hash IS NULL), 0) AS unsigned, coalesce(sum(m.hash <> f.hash), 0) AS mismatched
        """;

    private readonly StationDatabase _database;
    private readonly string _folder;

    public RecordingsStore(StationDatabase database, string dataDirectory)
    {
        _database = database;
        _folder = Path.Combine(dataDirectory, "recordings");
        Directory.CreateDirectory(_folder);
        database.Migrate("""
            CREATE TABLE IF NOT EXISTS recording(
              name TEXT PRIMARY KEY, device TEXT NOT NULL, seal TEXT NOT NULL, codec TEXT NOT NULL, width INTEGER NOT NULL,
              height INTEGER NOT NULL, init_hash TEXT) STRICT;
            CREATE INDEX IF NOT EXISTS recording_seal ON recording(seal);
            CREATE TABLE IF NOT EXISTS recorded_fragment(
              name TEXT NOT NULL, number INTEGER NOT NULL, is_sync INTEGER NOT NULL, time_ms INTEGER NOT NULL,
              position INTEGER NOT NULL, length INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY(name, number)) STRICT, WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS recorded_fragment_time ON recorded_fragment(name, time_ms);
            CREATE TABLE IF NOT EXISTS manifest_fragment(
              name TEXT NOT NULL, number INTEGER NOT NULL, hash TEXT NOT NULL, manifest TEXT NOT NULL, PRIMARY KEY(name, number)) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS manifest_init(name TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS mismatch_stated(manifest TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
            """);
    }

    /// <summary>Makes a recording known, with its initialisation segment as soon as there is one.</summary>
    public void Begin(RecordingKey key, string seal, StreamMessage stream, Digest? init) => _database.Write(t => t.Connection!.Execute(
        """
        INSERT INTO recording VALUES (@name, @Device, @seal, @Codec, @Width, @Height, @init)
        ON CONFLICT(name) DO UPDATE SET init_hash = coalesce(init_hash, @init)
        """,
        new { name = key.ToString(), key.Device, seal, stream.Codec, stream.Width, stream.Height, init = init?.ToString() }, t));

    /// <summary>Those of the fragments whose numbers are not there yet, each once.</summary>
    public IReadOnlyList<FragmentMessage> WithoutKnown(RecordingKey key, IReadOnlyList<FragmentMessage> fragments)
    {
        var known = _database.Read(c => c.Query<long>(
            "SELECT number FROM recorded_fragment WHERE name = @name AND number BETWEEN @first AND @last",
            new { name = key.ToString(), first = fragments.Min(f => f.Index), last = fragments.Max(f => f.Index) }).ToHashSet());
        return [.. fragments.Where(f => known.Add(f.Index))];
    }

    /// <summary>Appends fragments: bytes to the file first, then their rows, so that a row never points behind the end.</summary>
    /// <remarks>A number that is there already is passed over: what was first received stands.</remarks>
    public void Append(RecordingKey key, IReadOnlyList<FragmentMessage> fragments)
    {
        var name = key.ToString();
        var rows = new List<object>(fragments.Count);
        using (var file = new FileStream(PathOf(name), FileMode.Append, FileAccess.Write, FileShare.Read))
        {
            foreach (var fragment in fragments)
            {
                rows.Add(new
                {
                    name, number = fragment.Index, sync = fragment.Flags.HasFlag(FragmentMarks.Sync), time = fragment.TimeMs,
                    position = file.Position, length = fragment.Data.Length, hash = Digest.Of(fragment.Data.Span).ToString(),
                });
                file.Write(fragment.Data.Span);
            }

            file.Flush(flushToDisk: true);
        }

        _database.Write(t => t.Connection!.Execute(
            "INSERT OR IGNORE INTO recorded_fragment VALUES (@name, @number, @sync, @time, @position, @length, @hash)", rows, t));
    }

    public static void AddManifest(GopManifestBody manifest, Digest statement, IDbTransaction transaction)
    {
        var name = manifest.Recording.ToString();
        transaction.Connection!.Execute(
            "INSERT OR IGNORE INTO manifest_fragment VALUES (@name, @number, @hash, @manifest)",
            manifest.Fragments.Select((hash, i) => new { name, number = manifest.First + i, hash = hash.ToString(), manifest = statement.ToString() }), transaction);
        transaction.Connection!.Execute(
            "INSERT OR IGNORE INTO manifest_init VALUES (@name, @hash)", new { name, hash = manifest.Init.ToString() }, transaction);
    }

    /// <summary>The first difference of each manifest of a recording that was not stated yet.</summary>
    public IReadOnlyList<MediaMismatch> UnstatedMismatches(RecordingKey key) => _database.Read(c => c.Query<MediaMismatch>(
        """
        SELECT m.name, r.seal, m.manifest, min(m.number) AS number, m.hash AS expected, f.hash AS got
        FROM manifest_fragment m JOIN recorded_fragment f ON f.name = m.name AND f.number = m.number JOIN recording r ON r.name = m.name
        WHERE m.name = @name AND m.hash <> f.hash AND m.manifest NOT IN (SELECT manifest FROM mismatch_stated) GROUP BY m.manifest
        """,
        new { name = key.ToString() }).AsList());

    /// <returns>False when it was stated before.</returns>
    public bool NoteStated(string manifest) => _database.Write(t => t.Connection!.Execute(
        "INSERT OR IGNORE INTO mismatch_stated VALUES (@manifest)", new { manifest }, t)) > 0;

    /// <summary>Recordings of a seal that have something in the given time, device clock.</summary>
    public IReadOnlyList<RecordingRow> Find(string seal, long fromMs, long untilMs) => _database.Read(c => c.Query<RecordingRow>(
        $"""
        SELECT {Columns} FROM recording r JOIN recorded_fragment f ON f.name = r.name
        LEFT JOIN manifest_fragment m ON m.name = f.name AND m.number = f.number
        WHERE r.seal = @seal AND f.time_ms BETWEEN @fromMs AND @untilMs GROUP BY r.name ORDER BY fromMs
        """,
        new { seal, fromMs, untilMs }).AsList());

    public RecordingRow? Get(string name) => _database.Read(c => c.QuerySingleOrDefault<RecordingRow>(
        $"""
        SELECT {Columns} FROM recording r LEFT JOIN recorded_fragment f ON f.name = r.name
        LEFT JOIN manifest_fragment m ON m.name = f.name AND m.number = f.number WHERE r.name = @name GROUP BY r.name
        """,
        new { name }));

    /// <summary>Fragments in order, from the key frame at or before the given time.</summary>
    public IReadOnlyList<FragmentRow> Fragments(string name, long fromMs, long untilMs) => _database.Read(c => c.Query<FragmentRow>(
        """
        SELECT f.number, f.is_sync AS isSync, f.time_ms AS timeMs, f.position, f.length, f.hash, m.hash AS vouched
        FROM recorded_fragment f LEFT JOIN manifest_fragment m ON m.name = f.name AND m.number = f.number
        WHERE f.name = @name AND f.time_ms <= @untilMs AND f.number >= coalesce(
          (SELECT max(number) FROM recorded_fragment WHERE name = @name AND is_sync AND time_ms <= @fromMs), 0)
        ORDER BY f.number
        """,
        new { name, fromMs, untilMs }).AsList());

    /// <summary>Opens the bytes of a recording for reading while it grows.</summary>
    public FileStream Open(string name) => new(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    private string PathOf(string name) => Path.Combine(_folder, name + ".m4s");
}
