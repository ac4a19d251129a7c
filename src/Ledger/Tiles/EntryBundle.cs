using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Cinnabar.Ledger.Tiles;

/// <summary>A row of entries, each behind its length in 16 bits big-endian. Pure.</summary>
/// <remarks>Source: C2SP tlog-tiles, section "Log entries".</remarks>
public static class EntryBundle
{
    /// <summary>Writes 1 to 256 entries of at most 65,535 bytes each.</summary>
    /// <exception cref="ArgumentException">There are more, or one is longer.</exception>
    public static byte[] Encode(IReadOnlyList<byte[]> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count is 0 or > TlogTiles.WidthMax || entries.Any(entry => entry.Length > CourtLogOptions.EntryLengthMax))
        {
            throw new ArgumentException("A bundle holds 1 to 256 entries of at most 65,535 bytes.", nameof(entries));
        }
        var bundle = new byte[entries.Sum(entry => sizeof(ushort) + entry.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + entry.Length)..];
        }
        return bundle;
    }

    /// <summary>Reads exactly <paramref name="count"/> entries, as slices of the bundle. False when it holds fewer, more, or a torn one.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bundle, int count, [NotNullWhen(true)] out ReadOnlyMemory<byte>[]? entries)
    {
        entries = null;
        var found = new ReadOnlyMemory<byte>[count];
        for (var i = 0; i < count; i++)
        {
            if (bundle.Length < sizeof(ushort))
            {
                return false;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length < sizeof(ushort) + length)
            {
                return false;
            }
            found[i] = bundle.Slice(sizeof(ushort), length);
            bundle = bundle[(sizeof(ushort) + length)..];
        }
        entries = bundle.IsEmpty ? found : null;
        return entries is not null;
    }
}
