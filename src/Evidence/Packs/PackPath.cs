using System.Diagnostics.CodeAnalysis;

namespace Cinnabar.Evidence.Packs;

/// <summary>A name of a file in a pack. Only these names exist, so none can climb out of a folder.</summary>
/// <param name="Text">The name as it stands in the zip.</param>
/// <param name="Kind">What the file is.</param>
/// <param name="Hash">The hash in the name; zero for documents.</param>
public sealed record PackPath(string Text, PackFileKind Kind, Digest Hash)
{
    /// <summary>What a person reads first.</summary>
    public const string Readme = "README.txt";

    /// <summary>The plain-language index.</summary>
    public const string Index = "index.html";

    /// <summary>What a program reads first.</summary>
    public const string Manifest = "manifest.cbor";

    /// <summary>The court and its keys.</summary>
    public const string Roster = "roster.cbor";

    /// <summary>The head of the log that all receipts lead to.</summary>
    public const string Checkpoint = "checkpoint.txt";

    /// <summary>The courts that watch each other; only where they do.</summary>
    public const string Governance = "governance.cbor";

    /// <summary>The checkpoint on an anchor chain; only where it is on one.</summary>
    public const string Anchor = "anchor.cbor";

    /// <summary>Longest name in characters.</summary>
    internal const int LengthMax = 80;

    private static readonly string[] s_documents = [Readme, Index, Manifest, Roster, Checkpoint];
    private static readonly string[] s_optional = [Governance, Anchor];
    private static readonly string[] s_extensions = ["jpg", "mp4", "pdf", "bin"];

    /// <summary>Name of a statement's file.</summary>
    public static string Statement(Digest hash) => $"statements/{hash}.cose";

    /// <summary>Name of the file of a statement's receipt.</summary>
    public static string Receipt(Digest statement) => $"receipts/{statement}.cbor";

    /// <summary>Name of an original's file.</summary>
    /// <param name="extension">jpg, mp4, pdf or bin.</param>
    public static string Original(Digest hash, string extension) => $"originals/{hash}.{extension}";

    /// <summary>The five documents, each of which every pack has.</summary>
    public static IReadOnlyList<string> Documents => s_documents;

    /// <summary>The documents that a pack may have beside them.</summary>
    public static IReadOnlyList<string> OptionalDocuments => s_optional;

    /// <summary>Reads a name.</summary>
    /// <returns>False for every name that docs/formats/pack.md does not know.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out PackPath? path)
    {
        path = null;
        if (s_documents.Contains(text) || s_optional.Contains(text))
        {
            path = new PackPath(text, PackFileKind.Document, default);
            return true;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (slash < 0 || dot < slash || !Digest.TryParseHex(text[(slash + 1)..dot], out var hash))
        {
            return false;
        }

        // The name is built again from what was understood: so upper-case digits and anything unforeseen fall out.
        var extension = text[(dot + 1)..];
        path = text[..slash] switch
        {
            "statements" => new PackPath(Statement(hash), PackFileKind.Statement, hash),
            "receipts" => new PackPath(Receipt(hash), PackFileKind.Receipt, hash),
            "originals" when s_extensions.Contains(extension) => new PackPath(Original(hash, extension), PackFileKind.Original, hash),
            _ => null,
        };
        path = path?.Text == text ? path : null;
        return path is not null;
    }
}
