using System.Diagnostics.CodeAnalysis;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Cli;

/// <summary>Opens files that somebody named, and says in one line why it cannot.</summary>
internal static class InputFile
{
    /// <summary>Longest file that is read into memory: larger than the largest roster.</summary>
    private const int LengthMax = 64 * 1024 * 1024;

    public static bool TryOpen(string path, bool chinese, [NotNullWhen(true)] out FileStream? stream)
    {
        stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (!stream.CanSeek)
            {
                stream.Dispose();
                throw new IOException("not a file that can be read from any place");
            }

            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Console.Error.WriteLine(new BilingualText($"无法读取 {path}：{fault.Message}", $"Cannot read {path}: {fault.Message}").In(chinese));
            return false;
        }
    }

    public static bool TryRead(string path, bool chinese, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (!TryOpen(path, chinese, out var stream))
        {
            return false;
        }

        using (stream)
        {
            if (stream.Length > LengthMax)
            {
                Console.Error.WriteLine(new BilingualText($"{path} 太大。", $"{path} is larger than {LengthMax} bytes.").In(chinese));
                return false;
            }

            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return true;
        }
    }

    /// <summary>Reads all rosters as one.</summary>
    /// <param name="roster">Null when there is no path.</param>
    public static bool TryReadRosters(string[] paths, bool chinese, out CourtRoster? roster)
    {
        roster = null;
        var courts = new Dictionary<string, CourtGenesis>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (!TryReadRoster(path, chinese, out var read))
            {
                return false;
            }

            foreach (var court in read.Courts)
            {
                if (courts.GetValueOrDefault(court.Origin) is { } other && other.Statement.Hash != court.Statement.Hash)
                {
                    Console.Error.WriteLine(new BilingualText(
                        $"{path}：{court.Origin} 与另一名册中的法院不同。", $"{path}: {court.Origin} is another court in another roster.").In(chinese));
                    return false;
                }

                courts[court.Origin] = court;
            }
        }

        roster = courts.Count == 0 ? null : CourtRoster.Of(courts.Values);
        return true;
    }

    /// <summary>Reads a roster; a court's single genesis statement will do as well.</summary>
    public static bool TryReadRoster(string path, bool chinese, [NotNullWhen(true)] out CourtRoster? roster)
    {
        roster = null;
        if (!TryRead(path, chinese, out var bytes))
        {
            return false;
        }

        if (Statement.TryParse(bytes, out var statement, out _) == StatementVerdict.Valid
            && CourtGenesis.TryRead(statement!, out var genesis, out _))
        {
            roster = CourtRoster.Of(genesis);
            return true;
        }

        if (CourtRoster.TryParse(bytes, out roster, out var detail))
        {
            return true;
        }

        Console.Error.WriteLine(new BilingualText($"{path} 不是法院名册：{detail}", $"{path} is no roster: {detail}").In(chinese));
        return false;
    }
}
