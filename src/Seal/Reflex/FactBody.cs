using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Reflex;

/// <summary>A fact of custody as the body of a statement. Source: docs/formats/kinds.md.</summary>
internal static class FactBody
{
    /// <param name="statedAs">Hash of the latest statement of a kind, by which one fact refers to another.</param>
    public static CborValue Of(Fact fact, IReadOnlyDictionary<string, Digest> statedAs) => CborValue.Map(
    [
        new(CborValue.Text("level"), CborValue.Integer(LevelOf(fact.Level))),
        .. fact.Body.Select(field => new KeyValuePair<CborValue, CborValue>(CborValue.Text(field.Name), ValueOf(field, statedAs))),
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
    private static CborValue ValueOf(FactField field, IReadOnlyDictionary<string, Digest> statedAs) =>
        field.Number is { } number ? CborValue.Integer(number)
        : field.Name == "trigger" && statedAs.TryGetValue(field.Text ?? "", out var trigger) ? CborValue.Bytes(trigger)
        : field.Name == "grant" && Digest.TryParseHex(field.Text, out var hash) ? CborValue.Bytes(hash)
        : CborValue.Text(field.Text ?? "");
}
