using System.Text;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Cli;

/// <summary>Diagnostic notation over several lines, with the names of COSE labels as comments.</summary>
internal static class NamedNotation
{
    private static readonly Dictionary<long, string> s_header = new()
    {
        [1] = "alg", [2] = "crit", [3] = "content type", [4] = "kid", [15] = "CWT claims", [16] = "typ", [258] = "payload-hash-alg",
        [259] = "preimage content type", [260] = "payload location", [394] = "receipts", [395] = "vds", [396] = "vdp",
    };

    private static readonly Dictionary<long, string> s_claims = new()
    {
        [1] = "iss", [2] = "sub", [6] = "iat", [-70001] = "kind", [-70002] = "time ms", [-70003] = "chain", [-70004] = "about",
    };

    private static readonly Dictionary<long, string> s_proofs = new() { [-1] = "inclusion", [-2] = "consistency" };

    private static readonly Dictionary<long, string> s_none = [];

    public static string Write(CborValue value) => Format(value, s_none, "");

    /// <summary>A COSE_Sign1 with header and, where it is CBOR, payload and proofs opened.</summary>
    public static string Write(CoseSign1 cose)
    {
        var text = new StringBuilder("18 /COSE_Sign1/ ([\n");
        text.Append("  / protected / << ").Append(Format(CborValue.Decode(cose.ProtectedHeader.Span), s_header, "  ")).Append(" >>,\n");
        text.Append("  / unprotected / ").Append(Format(cose.Unprotected, s_header, "  ")).Append(",\n");
        text.Append("  / payload / ").Append(cose.Payload is { } payload ? Opened(payload, "  ") : "null /detached/").Append(",\n");
        return text.Append("  / signature / h'").Append(Convert.ToHexStringLower(cose.Signature.Span)).Append("'\n])").ToString();
    }

    private static string Format(CborValue value, Dictionary<long, string> names, string indent) => value.Kind switch
    {
        CborKind.Map when value.AsMap().Count > 0 => Lines("{", value.AsMap().Select(e => Entry(e, names, indent + "  ")), "}", indent),
        CborKind.Array when value.AsArray().Count > 0 => Lines("[", value.AsArray().Select(i => Item(i, names, indent + "  ")), "]", indent),
        _ => CborDiagnostic.Format(value),
    };

    private static string Entry(KeyValuePair<CborValue, CborValue> entry, Dictionary<long, string> names, string indent)
    {
        var label = entry.Key.Kind == CborKind.Integer ? entry.Key.AsInteger() : 0;
        var name = names.TryGetValue(label, out var known) ? $" /{known}/" : "";
        var inside = (ReferenceEquals(names, s_header), label) switch
        {
            (true, 15) => s_claims,
            (true, 396) => s_proofs,
            (false, -1) when ReferenceEquals(names, s_proofs) => s_proofs,
            _ => s_none,
        };
        return $"{CborDiagnostic.Format(entry.Key)}{name}: {Format(entry.Value, inside, indent)}";
    }

    /// <summary>Inclusion proofs are CBOR within a byte string.</summary>
    private static string Item(CborValue item, Dictionary<long, string> names, string indent) =>
        ReferenceEquals(names, s_proofs) && item.Kind == CborKind.Bytes ? Opened(item.AsBytes(), indent) : Format(item, s_none, indent);

    private static string Opened(ReadOnlyMemory<byte> bytes, string indent)
    {
        try
        {
            return $"<< {Format(CborValue.Decode(bytes.Span), s_none, indent)} >>";
        }
        catch (CborRefusedException)
        {
            return $"h'{Convert.ToHexStringLower(bytes.Span)}'";
        }
    }

    private static string Lines(string open, IEnumerable<string> items, string close, string indent) =>
        $"{open}\n{indent}  {string.Join($",\n{indent}  ", items)}\n{indent}{close}";
}
