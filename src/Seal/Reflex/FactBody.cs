using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Reflex;

/// <summary>A fact of custody as the body of a statement. Source: docs/formats/kinds.md.</summary>
internal static class FactBody
{
    public static CborValue Of(Fact fact) => CborValue.Map(
    [
        new(CborValue.Text("level"), CborValue.Integer(LevelOf(fact.Level))),
        .. fact.Body.Select(field => new KeyValuePair<CborValue, CborValue>(CborValue.Text(field.Name), ValueOf(field))),
    ]);

    /// <summary>Level in the document: 0 record, 1 to 3 alarm.</summary>
    private static long LevelOf(AlarmLevel level) => level switch
    {
        AlarmLevel.L1 => 1,
        AlarmLevel.L2 => 2,
        AlarmLevel.L3 => 3,
        _ => 0,
    };

    // A grant's id is the hash of its statement, and hashes are bytes.
    private static CborValue ValueOf(FactField field) =>
        field.Number is { } number ? CborValue.Integer(number)
        : field.Name == "grant" && Digest.TryParseHex(field.Text, out var hash) ? CborValue.Bytes(hash)
        : CborValue.Text(field.Text ?? "");
}
