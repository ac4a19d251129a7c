using Cinnabar.Evidence;
using Cinnabar.Station.Facts;
using Cinnabar.Uplink;
using Dapper;

namespace Cinnabar.Station.Media;

/// <summary>Recorded video: one growing file a run of the encoder, an index of its fragments, and what manifests say of them.</summary>
internal sealed class RecordingsStore
{
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
            CREATE TABLE IF NOT EXISTS recorded_fragment(
              name TEXT NOT NULL, number INTEGER NOT NULL, is_sync INTEGER NOT NULL, time_ms INTEGER NOT NULL,
              position INTEGER NOT NULL, length INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY(name, number)) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS manifest_fragment(
              name TEXT NOT NULL, number INTEGER NOT NULL, hash TEXT NOT NULL, manifest TEXT NOT NULL, PRIMARY KEY(name, number)) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS manifest_init(name TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS picture(
              hash TEXT PRIMARY KEY, device TEXT NOT NULL, seal TEXT NOT NULL, got TEXT NOT NULL, content_type TEXT NOT NULL, received_ms INTEGER NOT NULL) STRICT;
            """);
    }

    public void Begin(RecordingKey key, string seal, StreamMessage stream) => _database.Write(t => t.Connection!.Execute(
        "INSERT OR IGNORE INTO recording(name, device, seal, codec, width, height) VALUES (@name, @device, @seal, @Codec, @Width, @Height)",
        new { name = key.ToString(), device = key.Device, seal, stream.Codec, stream.Width, stream.Height }, t));

    /// <summary>Keeps the initialisation segment.</summary>
    public void SetInit(RecordingKey key, Digest hash) => _database.Write(t => t.Connection!.Execute(
        "UPDATE recording SET init_hash = @hash WHERE name = @name", new { name = key.ToString(), hash = hash.ToString() }, t));

    /// <summary>Appends fragments: bytes to the file first, then their rows, so that a row never points behind the end.</summary>
    public void Append(RecordingKey key, IReadOnlyList<FragmentMessage> fragments)
    {
        var name = key.ToString();
        var rows = new List<object>(fragments.Count);
        using (var file = new FileStream(PathOf(name), FileMode.Append, FileAccess.Write))
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

    public static void AddManifest(RecordingKey key, Digest manifest, Digest init, long first, IReadOnlyList<Digest> hashes, System.Data.IDbTransaction transaction)
    {
        transaction.Connection!.Execute(
            "INSERT OR IGNORE INTO manifest_fragment VALUES (@name, @number, @hash, @manifest)",
            hashes.Select((hash, i) => new { name = key.ToString(), number = first + i, hash = hash.ToString(), manifest = manifest.ToString() }), transaction);
        transaction.Connection!.Execute(
            "INSERT OR IGNORE INTO manifest_init VALUES (@name, @hash)", new { name = key.ToString(), hash = init.ToString() }, transaction);
    }

    /// <summary>Fragments of a manifest whose bytes are others than it says.</summary>
    public IReadOnlyList<(long Number, string Expected, string Got)> Mismatches(Digest manifest) => _database.Read(c => c.Query<(long, string, string)>(
        """
        SELECT m.number, m.hash, f.hash FROM manifest_fragment m JOIN recorded_fragment f ON f.name = m.name AND f.number = m.number
        WHERE m.manifest = @manifest AND m.hash <> f.hash
        """,
        new { manifest = manifest.ToString() }).AsList());

    /// <summary>Recordings of a seal that have something in the given time, device clock.</summary>
    public IReadOnlyList<RecordingRow> Find(string seal, long fromMs, long untilMs) => _database.Read(c => c.Query<RecordingRow>(
        """
        SELECT r.name, r.seal, r.codec, r.width, r.height, r.init_hash AS initHash, min(f.time_ms) AS fromMs, max(f.time_ms) AS untilMs,
          sum(m.hash IS NULL) AS unsigned, sum(m.hash <> f.hash) AS mismatched
        FROM recording r JOIN recorded_fragment f ON f.name = r.name LEFT JOIN manifest_fragment m ON m.name = f.name AND m.number = f.number
        WHERE r.seal = @seal AND f.time_ms BETWEEN @fromMs AND @untilMs GROUP BY r.name ORDER BY fromMs
        """,
        new { seal, fromMs, untilMs }).AsList());

    /// <summary>Fragments in order, from the key frame at or before the given time.</summary>
    public IReadOnlyList<FragmentRow> Fragments(string name, long fromMs, long untilMs) => _database.Read(c => c.Query<FragmentRow>(
        """
        SELECT number, time_ms AS timeMs, position, length, hash FROM recorded_fragment WHERE name = @name AND time_ms <= @untilMs
          AND number >= coalesce((SELECT max(number) FROM recorded_fragment WHERE name = @name AND is_sync AND time_ms <= @fromMs), 0)
        ORDER BY number
        """,
        new { name, fromMs, untilMs }).AsList());

    public RecordingRow? Get(string name) => _database.Read(c => c.QuerySingleOrDefault<RecordingRow>(
        "SELECT name, seal, codec, width, height, init_hash AS initHash FROM recording WHERE name = @name", new { name }));

    /// <summary>Opens the bytes of a recording for reading while it grows.</summary>
    public FileStream Open(string name) => new(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    /// <returns>False when the picture was here before.</returns>
    public bool AddPicture(PictureMessage picture, string device, string seal, Digest got, DateTimeOffset at) => _database.Write(t => t.Connection!.Execute(
        "INSERT OR IGNORE INTO picture VALUES (@hash, @device, @seal, @got, @type, @at)",
        new { hash = picture.Hash.ToString(), device, seal, got = got.ToString(), type = picture.ContentType, at = at.ToUnixTimeMilliseconds() }, t)) > 0;

    public PictureRow? Picture(Digest hash) => _database.Read(c => c.QuerySingleOrDefault<PictureRow>(
        "SELECT hash, seal, got, content_type AS contentType FROM picture WHERE hash = @hash", new { hash = hash.ToString() }));

    private string PathOf(string name) => Path.Combine(_folder, name + ".m4s");
}

/// <summary>A recording as listed; the sums are over the asked time.</summary>
internal sealed record RecordingRow
{
    public required string Name { get; init; }

    public required string Seal { get; init; }

    public required string Codec { get; init; }

    public long Width { get; init; }

    public long Height { get; init; }

    public string? InitHash { get; init; }

    public long FromMs { get; init; }

    public long UntilMs { get; init; }

    public long? Unsigned { get; init; }

    public long? Mismatched { get; init; }

    /// <summary>"mismatch" when any fragment differs from its manifest, "signed" when all have one, else "unsigned".</summary>
    public string State => Mismatched > 0 ? "mismatch" : Unsigned > 0 ? "unsigned" : "signed";
}

/// <summary>Where a fragment stands in its file.</summary>
internal sealed record FragmentRow
{
    public long Number { get; init; }

    public long TimeMs { get; init; }

    public long Position { get; init; }

    public long Length { get; init; }

    public required string Hash { get; init; }
}

/// <summary>A picture as received.</summary>
internal sealed record PictureRow
{
    public required string Hash { get; init; }

    public required string Seal { get; init; }

    public required string Got { get; init; }

    public required string ContentType { get; init; }
}
