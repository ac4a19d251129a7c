using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Evidence.Packs;

/// <summary>Opens the container of an evidence pack: steps 1 and 2 of docs/formats/pack.md, section 4.</summary>
/// <remarks>
/// Reads from the stream it was opened on, which stays the caller's and must not be used meanwhile. Not thread-safe.
/// What the stream itself throws (a disk error) passes through.
/// </remarks>
public sealed class PackReader
{
    private const int ChunkLength = 81_920;

    private readonly Stream _stream;
    private readonly Dictionary<string, PackFile> _byName;

    private PackReader(Stream stream, IReadOnlyList<PackFile> files)
    {
        _stream = stream;
        Files = files;
        _byName = files.ToDictionary(f => f.Path.Text, StringComparer.Ordinal);
    }

    /// <summary>The files in the order of their names.</summary>
    public IReadOnlyList<PackFile> Files { get; }

    /// <summary>Opens a pack.</summary>
    /// <param name="stream">Readable and seekable; read from its beginning.</param>
    /// <param name="limits">How large a pack is taken.</param>
    /// <param name="reader">Set when the verdict is <see cref="PackVerdict.Valid"/>.</param>
    /// <param name="detail">What was wrong where; empty when valid.</param>
    public static PackVerdict TryOpen(Stream stream, PackLimits limits, out PackReader? reader, out string detail)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        reader = null;
        if (stream.Length > limits.LengthMax)
        {
            detail = $"{stream.Length} bytes; at most {limits.LengthMax}.";
            return PackVerdict.LimitExceeded;
        }

        var verdict = TryReadDirectory(stream, limits, out var files, out detail);
        reader = verdict == PackVerdict.Valid ? new PackReader(stream, files) : null;
        return verdict;
    }

    /// <summary>The file of a name, or null.</summary>
    public PackFile? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads a whole file; not for originals, which may be large.</summary>
    public byte[] Read(PackFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _stream.Position = file.Offset;
        var bytes = new byte[file.Size];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Hashes a file part by part without holding it in memory.</summary>
    /// <param name="parts">Lengths in bytes that sum up to the file's; null for one part.</param>
    /// <exception cref="ArgumentException">The lengths do not sum up.</exception>
    public PackHashes Hash(PackFile file, IReadOnlyList<long>? parts = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        parts ??= [file.Size];
        if (parts.Sum() != file.Size)
        {
            throw new ArgumentException("The parts do not sum up to the file.", nameof(parts));
        }

        _stream.Position = file.Offset;
        return PackHashes.Of(_stream, parts, new byte[ChunkLength]);
    }

    private static PackVerdict TryReadDirectory(Stream stream, PackLimits limits, out List<PackFile> files, out string detail)
    {
        files = [];
        var end = new byte[ZipLayout.EndLength];
        if (stream.Length < end.Length)
        {
            detail = "Shorter than an empty zip.";
            return PackVerdict.NotCanonical;
        }

        stream.Position = stream.Length - end.Length;
        stream.ReadExactly(end);
        var (entries, centralLength, centralOffset) = ZipLayout.ReadEnd(end);
        if (!end.AsSpan().SequenceEqual(ZipLayout.End(entries, centralLength, centralOffset))
            || centralOffset + centralLength != stream.Length - end.Length)
        {
            detail = "The end of the file is not the end record of a plain zip.";
            return PackVerdict.NotCanonical;
        }

        if (entries > limits.FilesMax || centralLength > (long)entries * (ZipLayout.CentralHeaderLength + PackPath.LengthMax))
        {
            detail = $"{entries} files; at most {limits.FilesMax}.";
            return PackVerdict.LimitExceeded;
        }

        var central = new byte[centralLength];
        stream.Position = centralOffset;
        stream.ReadExactly(central);
        if (!TryReadEntries(stream, central, entries, centralOffset, files, out detail))
        {
            return PackVerdict.NotCanonical;
        }

        var large = files.Find(f => f.Size > LengthMax(f.Path.Kind, limits));
        detail = large is null ? "" : $"{large.Path.Text} has {large.Size} bytes; at most {LengthMax(large.Path.Kind, limits)}.";
        return large is null ? PackVerdict.Valid : PackVerdict.LimitExceeded;
    }

    private static bool TryReadEntries(
        Stream stream, ReadOnlySpan<byte> central, int entries, long centralOffset, List<PackFile> files, out string detail)
    {
        var position = 0L;
        var previous = "";
        for (var i = 0; i < entries; i++)
        {
            detail = $"Entry {i} is not a stored file of a known name, in order, each once.";
            if (ZipLayout.ReadCentral(central) is not var (name, size, crc)
                || !PackPath.TryParse(name, out var path)
                || string.CompareOrdinal(previous, name) >= 0)
            {
                return false;
            }

            var expected = ZipLayout.CentralHeader(name, size, crc, position);
            var local = ZipLayout.LocalHeader(name, size, crc);
            if (!central.StartsWith(expected) || position + local.Length + size > centralOffset || !StandsAt(stream, position, local))
            {
                return false;
            }

            files.Add(new PackFile(path, size, crc, position + local.Length));
            position += local.Length + size;
            central = central[expected.Length..];
            previous = name;
        }

        detail = position == centralOffset && central.IsEmpty ? "" : "Bytes stand between the files and the directory.";
        return detail.Length == 0;
    }

    private static bool StandsAt(Stream stream, long position, byte[] expected)
    {
        var actual = new byte[expected.Length];
        stream.Position = position;
        stream.ReadExactly(actual);
        return actual.AsSpan().SequenceEqual(expected);
    }

    private static long LengthMax(PackFileKind kind, PackLimits limits) => kind switch
    {
        PackFileKind.Statement => Statement.LengthMax,
        PackFileKind.Receipt => Receipt.LengthMax,
        PackFileKind.Document => limits.DocumentLengthMax,
        _ => limits.LengthMax,
    };
}
