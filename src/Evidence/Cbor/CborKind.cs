namespace Cinnabar.Evidence.Cbor;

/// <summary>What a <see cref="CborValue"/> is.</summary>
public enum CborKind
{
    /// <summary>The simple value null.</summary>
    Null,

    /// <summary>False or true.</summary>
    Boolean,

    /// <summary>A signed 64-bit integer.</summary>
    Integer,

    /// <summary>A byte string.</summary>
    Bytes,

    /// <summary>A UTF-8 text string.</summary>
    Text,

    /// <summary>An array.</summary>
    Array,

    /// <summary>A map with integer or text keys.</summary>
    Map,
}
