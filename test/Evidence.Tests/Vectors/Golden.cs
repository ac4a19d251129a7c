using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Shorthand with which the vector books are written.</summary>
internal static class Golden
{
    public static Vector Of<TVerdict>(string name, TVerdict verdict, string description, byte[] bytes, CoseKey? key = null)
        where TVerdict : struct, Enum => new()
        {
            Name = name,
            Description = description,
            Verdict = Convert.ToInt32(verdict, null),
            VerdictName = verdict.ToString(),
            Key = key is null ? null : Convert.ToHexStringLower(key.ToCbor().Encode()),
            Hex = Convert.ToHexStringLower(bytes),
        };

    /// <summary>The bytes with one bit of one byte flipped, counted from the end when the place is negative.</summary>
    public static byte[] Flip(byte[] bytes, int place)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[place < 0 ? bytes.Length + place : place] ^= 1;
        return flipped;
    }

    /// <summary>Reads a key that a vector names.</summary>
    public static CoseKey Key(string hex) => CoseKey.FromCbor(CborValue.Decode(Convert.FromHexString(hex)));
}
