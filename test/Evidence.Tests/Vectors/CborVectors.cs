using Cinnabar.Evidence.Cbor;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Makes vectors/cbor. Verdicts are <see cref="CborRule"/>, 0 for accepted.</summary>
internal static class CborVectors
{
    public static IEnumerable<Vector> All() =>
    [
        Good("integers", "[0, 23, 24, 255, 256, 65536, 2^32, 2^63-1, -1, -2^63]", "8a00171818" + "18ff1901001a000100001b00000001000000001b7fffffffffffffff203b7fffffffffffffff"),
        Good("strings", "[h'', h'00ff', \"\", \"封条\"]", "8440" + "4200ff" + "60" + "66e5b081e69da1"),
        Good("map", "{1: true, 10: false, -1: null, \"a\": {}, \"aa\": []}", "a501f50af420f66161a0626161" + "80"),
        Good("depth-16", "16 arrays around null", string.Concat(Enumerable.Repeat("81", 16)) + "f6"),
        Bad("truncated", CborRule.Truncated, 0, "a byte string that announces 4 bytes and has 3", "44010203"),
        Bad("truncated-array", CborRule.Truncated, 0, "an array that announces 2^32-1 elements: refused before anything is allocated", "9affffffff"),
        Bad("trailing-bytes", CborRule.TrailingBytes, 1, "null, and a byte behind it", "f600"),
        Bad("not-shortest", CborRule.NotShortest, 0, "23 in two bytes", "1817"),
        Bad("not-shortest-length", CborRule.NotShortest, 0, "a text whose length stands in two bytes more than it needs", "79000161"),
        Bad("indefinite-array", CborRule.IndefiniteLength, 0, "an array of indefinite length", "9fff"),
        Bad("indefinite-text", CborRule.IndefiniteLength, 0, "a text of indefinite length", "7f6161ff"),
        Bad("reserved", CborRule.Reserved, 0, "additional information 28", "1c"),
        Bad("key-order", CborRule.KeyOrder, 3, "{2: 0, 1: 0}", "a202000100"),
        Bad("key-order-length-first", CborRule.KeyOrder, 3, "{-1: 0, 24: 0}, which would be right in the older order, shorter keys first", "a22000181800"),
        Bad("duplicate-key", CborRule.DuplicateKey, 3, "{1: 0, 1: 0}", "a201000100"),
        Bad("not-utf8", CborRule.NotUtf8, 0, "a text with the byte ff", "61ff"),
        Bad("not-utf8-surrogate", CborRule.NotUtf8, 0, "a text with an encoded surrogate", "63eda080"),
        Bad("float", CborRule.OutsideSubset, 0, "the half-precision float 1.0", "f93c00"),
        Bad("undefined", CborRule.OutsideSubset, 0, "the simple value undefined", "f7"),
        Bad("simple-value", CborRule.OutsideSubset, 0, "the simple value 32", "f820"),
        Bad("tag", CborRule.OutsideSubset, 0, "a date: tag 0", "c06161"),
        Bad("too-deep", CborRule.TooDeep, 17, "17 arrays around null", string.Concat(Enumerable.Repeat("81", 17)) + "f6"),
        Bad("integer-range", CborRule.IntegerRange, 0, "2^63", "1b8000000000000000"),
        Bad("integer-range-negative", CborRule.IntegerRange, 0, "-2^63-1", "3b8000000000000000"),
        Bad("key-type", CborRule.KeyType, 1, "{h'': 0}", "a14000"),
        Bad("unexpected-type", CborRule.UnexpectedType, 0, "a COSE_Sign1 with tag 17", "d18443a10126a0f640", "sign1"),
        Bad("too-long", CborRule.TooLong, 2, "a roster without a court", "820180", "roster"),
    ];

    private static Vector Good(string name, string description, string hex) => Of("valid-" + name, 0, "Valid", null, description, hex, null);

    private static Vector Bad(string name, CborRule rule, int offset, string description, string hex, string? reader = null) =>
        Of(name, (int)rule, rule.ToString(), offset, description, hex, reader);

    private static Vector Of(string name, int verdict, string verdictName, int? offset, string description, string hex, string? reader) => new()
    {
        Name = name, Description = description, Verdict = verdict, VerdictName = verdictName, Offset = offset, Hex = hex, Reader = reader,
    };
}
