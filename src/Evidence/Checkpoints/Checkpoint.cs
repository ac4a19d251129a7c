using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Evidence.Checkpoints;

/// <summary>What a log says of itself at one moment: its name, how many entries it has, and their root.</summary>
/// <param name="Origin">The log's name, a URL without scheme; see <see cref="NoteKey.IsName"/>.</param>
/// <param name="Size">Number of entries, 0 to 2^62.</param>
/// <param name="Root">Root hash of the tree over them.</param>
/// <remarks>
/// Extension lines are refused: no proof covers what they say, so what must be said stands in entries instead.
/// Source: C2SP tlog-checkpoint, section "Note text".
/// </remarks>
public sealed record Checkpoint(string Origin, long Size, Digest Root)
{
    /// <summary>The note text: three lines, each ended by a newline.</summary>
    public string ToText() =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n");

    /// <summary>Reads the text strictly: exactly three lines, the size without leading zeros or sign, the root in canonical base64.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(text);
        checkpoint = null;
        var lines = text.Split('\n');
        Span<byte> root = stackalloc byte[Digest.LengthBytes];
        if (lines.Length != 4
            || !NoteKey.IsName(lines[0])
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size > MerkleTree.SizeMax
            || !Convert.TryFromBase64String(lines[2], root, out var length)
            || length != Digest.LengthBytes)
        {
            return false;
        }

        // One meaning, one text: leading zeros and loose base64 bits do not survive the way back.
        var parsed = new Checkpoint(lines[0], size, new Digest(root));
        checkpoint = parsed.ToText() == text ? parsed : null;
        return checkpoint is not null;
    }
}
