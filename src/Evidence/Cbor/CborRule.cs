namespace Cinnabar.Evidence.Cbor;

/// <summary>The rule that refused input broke. Numbers are stable and never reused.</summary>
/// <remarks>Source: RFC 8949 section 4.2.1 (core deterministic encoding), narrowed by docs/formats/cbor.md.</remarks>
public enum CborRule
{
    /// <summary>The bytes end inside an item.</summary>
    Truncated = 1,

    /// <summary>Bytes follow the one top-level item.</summary>
    TrailingBytes = 2,

    /// <summary>An argument is not in its shortest form.</summary>
    NotShortest = 3,

    /// <summary>An indefinite length.</summary>
    IndefiniteLength = 4,

    /// <summary>Additional information 28 to 30, which RFC 8949 reserves.</summary>
    Reserved = 5,

    /// <summary>Map keys are not in bytewise order of their encodings.</summary>
    KeyOrder = 6,

    /// <summary>A map key stands twice.</summary>
    DuplicateKey = 7,

    /// <summary>A text string is not valid UTF-8.</summary>
    NotUtf8 = 8,

    /// <summary>Floating point, undefined, a simple value other than false, true, null, or a tag: outside the subset.</summary>
    OutsideSubset = 9,

    /// <summary>Nested deeper than <see cref="CborReader.DepthMax"/>.</summary>
    TooDeep = 10,

    /// <summary>An integer beyond the range of a signed 64-bit number.</summary>
    IntegerRange = 11,

    /// <summary>A map key that is neither an integer nor a text string.</summary>
    KeyType = 12,

    /// <summary>An item of another type than the format asks for at this place.</summary>
    UnexpectedType = 13,

    /// <summary>A string, array or map larger than the format allows at this place.</summary>
    TooLong = 14,
}
