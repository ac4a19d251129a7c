using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Cinnabar.Evidence.Checkpoints;

/// <summary>A text with signature lines below it. Parsed, not verified: see <see cref="CheckpointVerifier"/>.</summary>
/// <remarks>
/// What is parsed is encoded again and must come out as the same bytes, so that one note has one encoding.
/// Immutable, safe for concurrent use. Source: C2SP signed-note, section "Format".
/// </remarks>
public sealed class SignedNote
{
    /// <summary>The longest note that is parsed: 65,536 bytes.</summary>
    public const int LengthMax = 65_536;

    /// <summary>The most signature lines that are parsed: 256, two for each of a hundred courts and room. The specification demands at least 16.</summary>
    public const int SignaturesMax = 256;

    private const string LineStart = "\u2014 ";
    private const int KeyIdLength = sizeof(uint);

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>The signed text, with its final newline.</summary>
    public string Text { get; }

    /// <summary>The signature lines in their order; at least one.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>The bytes the signatures cover: the text in UTF-8 with its final newline.</summary>
    public byte[] ToBeSigned() => s_strictUtf8.GetBytes(Text);

    /// <summary>Encodes a note from its parts.</summary>
    public static byte[] Encode(string text, IEnumerable<NoteSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(signatures);
        var note = new StringBuilder(text).Append('\n');
        foreach (var line in signatures)
        {
            var blob = new byte[KeyIdLength + line.Signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(blob, line.KeyId);
            line.Signature.Span.CopyTo(blob.AsSpan(KeyIdLength));
            note.Append(LineStart).Append(line.Name).Append(' ').Append(Convert.ToBase64String(blob)).Append('\n');
        }
        return s_strictUtf8.GetBytes(note.ToString());
    }

    /// <summary>Parses a note strictly.</summary>
    /// <returns>False when it is too long, not UTF-8, holds a control character, has no or too many signature lines, or is not in its one encoding.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        if (bytes.Length > LengthMax || !TryDecode(bytes, out var all))
        {
            return false;
        }

        // The last blank line parts text and signatures: a signature line is never empty, the text may hold blank lines.
        var blank = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !all.EndsWith('\n'))
        {
            return false;
        }
        var lines = all[(blank + 2)..].Split('\n');
        var signatures = new List<NoteSignature>();
        if (lines.Length - 1 > SignaturesMax)
        {
            return false;
        }
        foreach (var line in lines.AsSpan(..^1))
        {
            if (!TryParseLine(line, out var signature))
            {
                return false;
            }
            signatures.Add(signature);
        }
        if (signatures.Count == 0 || !Encode(all[..(blank + 1)], signatures).AsSpan().SequenceEqual(bytes))
        {
            return false;
        }
        note = new SignedNote(all[..(blank + 1)], signatures);
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        foreach (var b in bytes)
        {
            if (b < 0x20 && b != '\n')
            {
                return false;
            }
        }
        try
        {
            text = s_strictUtf8.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool TryParseLine(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith(LineStart, StringComparison.Ordinal))
        {
            return false;
        }
        var space = line.LastIndexOf(' ');
        if (space < LineStart.Length || !NoteKey.IsName(line[LineStart.Length..space]))
        {
            return false;
        }
        var blob = new byte[line.Length];
        if (!Convert.TryFromBase64String(line[(space + 1)..], blob, out var length) || length <= KeyIdLength)
        {
            return false;
        }
        signature = new NoteSignature(line[LineStart.Length..space], BinaryPrimitives.ReadUInt32BigEndian(blob), blob.AsMemory(KeyIdLength..length));
        return true;
    }
}
