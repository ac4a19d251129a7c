using System.Diagnostics.CodeAnalysis;

namespace Cinnabar.Evidence.Cbor;

/// <summary>One item of the deterministic CBOR subset, immutable.</summary>
/// <remarks>
/// Maps keep their entries in bytewise order of the encoded keys, whatever order they were given in, so that equal
/// values have equal bytes. Safe for concurrent use. Source: RFC 8949 section 4.2.1; docs/formats/cbor.md.
/// </remarks>
public sealed class CborValue
{
    private readonly object? _content;

    private CborValue(CborKind kind, object? content)
    {
        Kind = kind;
        _content = content;
    }

    /// <summary>The simple value null.</summary>
    public static CborValue Null { get; } = new(CborKind.Null, null);

    /// <summary>A map without entries.</summary>
    public static CborValue EmptyMap { get; } = FromSortedEntries([]);

    /// <summary>What this value is; the matching As… member reads it.</summary>
    public CborKind Kind { get; }

    /// <summary>A signed integer.</summary>
    public static CborValue Integer(long value) => new(CborKind.Integer, value);

    /// <summary>False or true.</summary>
    public static CborValue Boolean(bool value) => new(CborKind.Boolean, value);

    /// <summary>A text string.</summary>
    public static CborValue Text(string value) => new(CborKind.Text, value);

    /// <summary>A byte string; the array is kept, not copied, and must not change afterwards.</summary>
    public static CborValue Bytes(byte[] value) => new(CborKind.Bytes, (ReadOnlyMemory<byte>)value);

    /// <summary>The 32 bytes of a digest.</summary>
    public static CborValue Bytes(Digest value) => Bytes(value.ToArray());

    /// <summary>An array.</summary>
    public static CborValue Array(params CborValue[] items) => new(CborKind.Array, items);

    /// <summary>A map with text keys; entries whose value is <see langword="null"/> are left out.</summary>
    /// <exception cref="ArgumentException">A key stands twice.</exception>
    public static CborValue Map(params (string Key, CborValue? Value)[] entries) =>
        Map(entries.Where(e => e.Value is not null).Select(e => new KeyValuePair<CborValue, CborValue>(Text(e.Key), e.Value!)));

    /// <summary>A map with integer keys; entries whose value is <see langword="null"/> are left out.</summary>
    /// <exception cref="ArgumentException">A key stands twice.</exception>
    public static CborValue Map(params (long Key, CborValue? Value)[] entries) =>
        Map(entries.Where(e => e.Value is not null).Select(e => new KeyValuePair<CborValue, CborValue>(Integer(e.Key), e.Value!)));

    /// <summary>A map; entries are brought into the one permitted order.</summary>
    /// <exception cref="ArgumentException">A key stands twice, or is neither integer nor text.</exception>
    public static CborValue Map(IEnumerable<KeyValuePair<CborValue, CborValue>> entries)
    {
        var sorted = entries.Select(e => (Encoded: e.Key.Encode(), Entry: e)).ToArray();
        System.Array.Sort(sorted, (a, b) => a.Encoded.AsSpan().SequenceCompareTo(b.Encoded));
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Entry.Key.Kind is not (CborKind.Integer or CborKind.Text))
            {
                throw new ArgumentException("A map key is an integer or a text string.", nameof(entries));
            }

            if (i > 0 && sorted[i].Encoded.AsSpan().SequenceEqual(sorted[i - 1].Encoded))
            {
                throw new ArgumentException("A map key stands twice.", nameof(entries));
            }
        }

        return FromSortedEntries([.. sorted.Select(s => s.Entry)]);
    }

    internal static CborValue FromSortedEntries(KeyValuePair<CborValue, CborValue>[] entries) => new(CborKind.Map, entries);

    /// <summary>Reads exactly one item that fills the input.</summary>
    /// <exception cref="CborRefusedException">The bytes are not in the subset.</exception>
    public static CborValue Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new CborReader(bytes);
        var value = reader.ReadValue();
        reader.End();
        return value;
    }

    /// <summary>The one encoding of this value.</summary>
    public byte[] Encode()
    {
        var writer = new CborWriter();
        writer.WriteValue(this);
        return writer.ToArray();
    }

    /// <summary>The integer.</summary>
    /// <exception cref="FormatException">This value is of another kind.</exception>
    public long AsInteger() => Kind == CborKind.Integer ? (long)_content! : throw Wrong(CborKind.Integer);

    /// <summary>The boolean.</summary>
    /// <exception cref="FormatException">This value is of another kind.</exception>
    public bool AsBoolean() => Kind == CborKind.Boolean ? (bool)_content! : throw Wrong(CborKind.Boolean);

    /// <summary>The text.</summary>
    /// <exception cref="FormatException">This value is of another kind.</exception>
    public string AsText() => Kind == CborKind.Text ? (string)_content! : throw Wrong(CborKind.Text);

    /// <summary>The bytes.</summary>
    /// <exception cref="FormatException">This value is of another kind.</exception>
    public ReadOnlyMemory<byte> AsBytes() => Kind == CborKind.Bytes ? (ReadOnlyMemory<byte>)_content! : throw Wrong(CborKind.Bytes);

    /// <summary>The bytes as a digest.</summary>
    /// <exception cref="FormatException">This value is of another kind or another length than 32.</exception>
    public Digest AsDigest()
    {
        var bytes = AsBytes();
        return bytes.Length == Evidence.Digest.LengthBytes
            ? new Digest(bytes.Span)
            : throw new FormatException($"A digest has 32 bytes, not {bytes.Length}.");
    }

    /// <summary>The elements.</summary>
    /// <exception cref="FormatException">This value is of another kind.</exception>
    public IReadOnlyList<CborValue> AsArray() => Kind == CborKind.Array ? (CborValue[])_content! : throw Wrong(CborKind.Array);

    /// <summary>The entries in encoded order.</summary>
    /// <exception cref="FormatException">This value is of another kind.</exception>
    public IReadOnlyList<KeyValuePair<CborValue, CborValue>> AsMap() =>
        Kind == CborKind.Map ? (KeyValuePair<CborValue, CborValue>[])_content! : throw Wrong(CborKind.Map);

    /// <summary>The value behind a text key.</summary>
    /// <returns>False when the key is absent.</returns>
    /// <exception cref="FormatException">This value is not a map.</exception>
    public bool TryGet(string key, [NotNullWhen(true)] out CborValue? value)
    {
        foreach (var entry in AsMap())
        {
            if (entry.Key.Kind == CborKind.Text && (string)entry.Key._content! == key)
            {
                value = entry.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>The value behind an integer key.</summary>
    /// <returns>False when the key is absent.</returns>
    /// <exception cref="FormatException">This value is not a map.</exception>
    public bool TryGet(long key, [NotNullWhen(true)] out CborValue? value)
    {
        foreach (var entry in AsMap())
        {
            if (entry.Key.Kind == CborKind.Integer && (long)entry.Key._content! == key)
            {
                value = entry.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>The value behind a text key that must be there.</summary>
    /// <exception cref="FormatException">The key is absent, or this value is not a map.</exception>
    public CborValue this[string key] =>
        TryGet(key, out var value) ? value : throw new FormatException($"The map has no key \"{key}\".");

    /// <summary>Text behind a key, or null when the key is absent or holds something else.</summary>
    public string? TextOrNull(string key) => TryGet(key, out var value) && value.Kind == CborKind.Text ? value.AsText() : null;

    /// <summary>Integer behind a key, or null when the key is absent or holds something else.</summary>
    public long? IntegerOrNull(string key) => TryGet(key, out var value) && value.Kind == CborKind.Integer ? value.AsInteger() : null;

    private FormatException Wrong(CborKind expected) => new($"Expected {expected}, found {Kind}.");
}
