using System.Globalization;
using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Timestamps;

/// <summary>One authority's tokens, a file a day: <c>2026-11-23.HEX-OF-IMPRINT.tst</c>, DER. Any tool for RFC 3161 reads them.</summary>
/// <remarks>One writer. After a power cut a file is there as a whole or not at all; a day without one is stamped again.</remarks>
public sealed class TimestampArchive
{
    private const string Suffix = ".tst";

    private readonly string _folder;

    /// <summary>Makes the folder when it is not there.</summary>
    public TimestampArchive(string folder)
    {
        Directory.CreateDirectory(folder);
        _folder = folder;
    }

    /// <summary>Keeps a token.</summary>
    public void Keep(DateOnly day, Digest imprint, ReadOnlySpan<byte> token)
    {
        var path = Path.Combine(_folder, $"{Name(day)}.{imprint}{Suffix}");
        var unfinished = path + ".new";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
        {
            file.Write(token);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>The token of a day.</summary>
    /// <returns>False when none was kept.</returns>
    public bool TryRead(DateOnly day, out Digest imprint, out byte[] token)
    {
        imprint = default;
        token = [];
        var file = Directory.EnumerateFiles(_folder, $"{Name(day)}.*{Suffix}").Order(StringComparer.Ordinal).FirstOrDefault();
        if (file is null || !Digest.TryParseHex(Path.GetFileNameWithoutExtension(file)[(Name(day).Length + 1)..], out imprint))
        {
            return false;
        }

        token = File.ReadAllBytes(file);
        return true;
    }

    /// <summary>The days that have a token, oldest first.</summary>
    public IReadOnlyList<DateOnly> Days() =>
    [
        .. Directory.EnumerateFiles(_folder, "*" + Suffix).Select(file => Path.GetFileName(file).Split('.')[0])
            .Where(name => DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            .Select(name => DateOnly.ParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture)).Distinct().Order(),
    ];

    private static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
