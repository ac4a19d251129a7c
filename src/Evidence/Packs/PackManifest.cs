using System.Diagnostics.CodeAnalysis;
using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Evidence.Packs;

/// <summary>The machine-readable list of what is in a pack. It claims nothing that the pack's own files do not show.</summary>
/// <remarks>Immutable. Source: docs/formats/pack.md, section 2.</remarks>
public sealed class PackManifest
{
    private const string FormatName = "cinnabar-pack";
    private const long Version = 1;

    private PackManifest(string origin, IReadOnlyList<PackManifestFile> files, IReadOnlyList<PackManifestStatement> statements)
    {
        Origin = origin;
        Files = files;
        Statements = statements;
    }

    /// <summary>Name of the log that the statements stand in.</summary>
    public string Origin { get; }

    /// <summary>Every file but the manifest, in the order of their names.</summary>
    public IReadOnlyList<PackManifestFile> Files { get; }

    /// <summary>The statements in the order of the log.</summary>
    public IReadOnlyList<PackManifestStatement> Statements { get; }

    internal static PackManifest Of(
        string origin, IReadOnlyList<PackManifestFile> files, IReadOnlyList<PackManifestStatement> statements) => new(origin, files, statements);

    /// <summary>Reads a manifest strictly.</summary>
    /// <param name="bytes">The file, untrusted.</param>
    /// <param name="manifest">Set when the answer is true.</param>
    /// <param name="detail">What was wrong where; empty when the answer is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PackManifest? manifest, out string detail)
    {
        manifest = null;
        try
        {
            manifest = Parse(CborValue.Decode(bytes));
            detail = "";
            return true;
        }
        catch (FormatException refused)
        {
            detail = refused.Message;
            return false;
        }
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] Encode() => CborValue.Map(
        ("format", CborValue.Text(FormatName)),
        ("version", CborValue.Integer(Version)),
        ("origin", CborValue.Text(Origin)),
        ("files", CborValue.Array([.. Files.Select(f => f.ToCbor())])),
        ("statements", CborValue.Array([.. Statements.Select(s => CborValue.Array(CborValue.Bytes(s.Hash), CborValue.Integer(s.Index)))])))
        .Encode();

    private static PackManifest Parse(CborValue map)
    {
        Require(map["format"].AsText() == FormatName && map["version"].AsInteger() == Version, $"Not {FormatName} of version {Version}.");
        Require(map.AsMap().Count == 5, "A key that version 1 does not know.");
        var files = map["files"].AsArray().Select(PackManifestFile.FromCbor).ToArray();
        for (var i = 1; i < files.Length; i++)
        {
            Require(string.CompareOrdinal(files[i - 1].Path.Text, files[i].Path.Text) < 0, $"{files[i].Path.Text} is not in order, once.");
        }

        var statements = map["statements"].AsArray().Select(Statement).ToArray();
        for (var i = 1; i < statements.Length; i++)
        {
            Require(statements[i - 1].Index < statements[i].Index, $"Statement {statements[i].Hash} is not in the order of the log.");
        }

        Require(statements.DistinctBy(s => s.Hash).Count() == statements.Length, "A statement stands twice.");
        return new PackManifest(map["origin"].AsText(), files, statements);
    }

    private static PackManifestStatement Statement(CborValue value)
    {
        Require(value.AsArray() is [{ Kind: CborKind.Bytes }, { Kind: CborKind.Integer } index] && index.AsInteger() >= 0, "A statement is not [hash, index].");
        return new PackManifestStatement(value.AsArray()[0].AsDigest(), value.AsArray()[1].AsInteger());
    }

    private static void Require(bool holds, string detail)
    {
        if (!holds)
        {
            throw new FormatException(detail);
        }
    }
}
