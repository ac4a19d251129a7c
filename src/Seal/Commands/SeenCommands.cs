using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Seal.Keys;

namespace Cinnabar.Seal.Commands;

/// <summary>Commands already obeyed, until their window is over; on disk, so that a restart does not make an old one new.</summary>
/// <remarks>Not thread-safe: commands are obeyed one after the other.</remarks>
internal sealed class SeenCommands
{
    /// <summary>More than any court sends within the windows it gives; beyond it new ones are refused rather than old ones forgotten.</summary>
    public const int Max = 4096;

    private readonly string _path;
    private readonly Dictionary<Digest, long> _untilMs = [];

    private SeenCommands(string path) => _path = path;

    /// <summary>Why what was seen could not be read or written, or null.</summary>
    public string? Failure { get; private set; }

    public static SeenCommands Open(string path)
    {
        var seen = new SeenCommands(path);
        try
        {
            foreach (var entry in File.Exists(path) ? CborValue.Decode(File.ReadAllBytes(path)).AsArray() : [])
            {
                seen._untilMs[entry.AsArray()[0].AsDigest()] = entry.AsArray()[1].AsInteger();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentOutOfRangeException)
        {
            seen.Failure = e.Message;
        }

        return seen;
    }

    public bool Contains(Digest hash) => _untilMs.ContainsKey(hash);

    /// <summary>Remembers a command before it is obeyed.</summary>
    /// <returns>False when there is no room.</returns>
    public bool TryAdd(Digest hash, long untilMs, long nowMs)
    {
        foreach (var over in _untilMs.Where(entry => entry.Value <= nowMs).Select(entry => entry.Key).ToArray())
        {
            _untilMs.Remove(over);
        }

        if (_untilMs.Count >= Max)
        {
            return false;
        }

        _untilMs[hash] = untilMs;
        Save();
        return true;
    }

    // A disk that refuses must not keep an officer from silencing a siren: the command is obeyed, remembered in memory only.
    private void Save()
    {
        try
        {
            var entries = _untilMs.Select(e => CborValue.Array(CborValue.Bytes(e.Key), CborValue.Integer(e.Value)));
            AtomicFile.Write(_path, CborValue.Array([.. entries]).Encode());
            Failure = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure = e.Message;
        }
    }
}
