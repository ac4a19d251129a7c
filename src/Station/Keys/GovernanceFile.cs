using Cinnabar.Evidence.Governance;

namespace Cinnabar.Station.Keys;

/// <summary>The governance log that this court has adopted: <c>courts/governance.cbor</c> in its data folder.</summary>
internal static class GovernanceFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static string PathOf(string dataDirectory) => Path.Combine(dataDirectory, "courts", "governance.cbor");

    /// <summary>The log, or null where this court has adopted none.</summary>
    /// <exception cref="InvalidDataException">The file is no governance log, or one that its courts did not approve.</exception>
    public static GovernanceLog? Read(string dataDirectory) =>
        File.Exists(PathOf(dataDirectory)) ? ReadFrom(PathOf(dataDirectory)) : null;

    /// <summary>A governance log from any file.</summary>
    /// <exception cref="InvalidDataException">The file is no governance log, or one that its courts did not approve.</exception>
    public static GovernanceLog ReadFrom(string path)
    {
        var verdict = GovernanceLog.TryParse(File.ReadAllBytes(path), out var log, out var detail);
        return verdict == GovernanceVerdict.Valid
            ? log!
            : throw new InvalidDataException($"{path} is no governance log ({(int)verdict} {verdict}): {detail}");
    }

    /// <summary>Keeps a log that goes on from the one that is there; durable when it returns.</summary>
    /// <exception cref="InvalidOperationException">The log that is there is no beginning of this one: courts do not forget an epoch.</exception>
    /// <exception cref="InvalidDataException">The file that is there is no governance log.</exception>
    public static void Save(string dataDirectory, GovernanceLog log)
    {
        var adopted = Read(dataDirectory)?.Epochs.Select(e => e.Hash).ToArray() ?? [];
        if (!log.Epochs.Take(adopted.Length).Select(e => e.Hash).SequenceEqual(adopted))
        {
            throw new InvalidOperationException($"{PathOf(dataDirectory)} holds epochs that the new log does not go on from.");
        }

        var path = PathOf(dataDirectory);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly);
        DurableFile.SyncFolder(dataDirectory);
        DurableFile.Write(path, log.Encode());
    }
}
