using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Seal.Keys;

namespace Cinnabar.Seal.Journal;

/// <summary>
/// Through which number the court has acknowledged, and the hash that stood there. Also the lower bound of the next
/// number, should the journal itself be lost.
/// </summary>
internal readonly record struct AckMark(long Sequence, Digest Hash)
{
    public const string FileName = "acked";

    /// <summary>Reads the mark; a missing or unreadable one is none, because statements sent twice do no harm.</summary>
    public static AckMark Read(string folder)
    {
        try
        {
            var parts = CborValue.Decode(File.ReadAllBytes(Path.Combine(folder, FileName))).AsArray();
            return parts.Count == 2 && parts[0].AsInteger() >= 0 ? new AckMark(parts[0].AsInteger(), parts[1].AsDigest()) : default;
        }
        catch (Exception e) when (e is IOException or FormatException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <returns>Bytes written.</returns>
    /// <exception cref="IOException">The disk refused; the old mark stands.</exception>
    public int Write(string folder)
    {
        var bytes = CborValue.Array(CborValue.Integer(Sequence), CborValue.Bytes(Hash)).Encode();
        AtomicFile.Write(Path.Combine(folder, FileName), bytes);
        return bytes.Length;
    }
}
