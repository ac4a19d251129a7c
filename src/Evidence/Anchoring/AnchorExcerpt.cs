using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Evidence.Anchoring;

/// <summary>A stretch of an anchor chain that begins with the record of a checkpoint: what shows, to who knows a later block, that the chain holds it.</summary>
/// <remarks>
/// By itself it proves nothing, because anybody can chain records: <see cref="LastHash"/> is compared with another court's, or the
/// engine asked. Immutable. Source: docs/formats/anchor.md, section 6.
/// </remarks>
public sealed class AnchorExcerpt
{
    /// <summary>Length of a record in bytes.</summary>
    public const int RecordLength = Digest.LengthBytes + sizeof(ulong) + Digest.LengthBytes;

    /// <summary>Most records in one excerpt.</summary>
    public const int RecordsMax = 10_000;

    private const long Version = 1;
    private const int TextLengthMax = 300;

    private AnchorExcerpt(string identity, string reference, long number, Digest before, IReadOnlyList<ReadOnlyMemory<byte>> records, EarlierHead? earlier)
    {
        Identity = identity;
        Reference = reference;
        Number = number;
        Before = before;
        Records = records;
        Earlier = earlier;
        Segment = Digest.Of(Encoding.UTF8.GetBytes("cinnabar anchor segment\n" + identity));
        Hash = HashOf(before, records[0]);
        LastHash = records.Skip(1).Aggregate(Hash, HashOf);
    }

    /// <summary>Which engine, in its own words; 1 to 300 characters.</summary>
    public string Identity { get; }

    /// <summary>How the engine finds the first record again; up to 300 characters.</summary>
    public string Reference { get; }

    /// <summary>Number of the first record's block, from 1.</summary>
    public long Number { get; }

    /// <summary>Hash of the block before it; <see cref="Segment"/> before block 1.</summary>
    public Digest Before { get; }

    /// <summary>The records of that block and of those after it, 72 bytes each; at least one.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Records { get; }

    /// <summary>The checkpoint that is anchored, where it is an earlier one of the log than the pack's; null where it is the pack's own.</summary>
    public EarlierHead? Earlier { get; }

    /// <summary>How many entries are anchored: the size in the first record.</summary>
    public long Size => SizeIn(Records[0].Span);

    /// <summary>Names the chain: the hash before block 1.</summary>
    public Digest Segment { get; }

    /// <summary>Hash of block <see cref="Number"/>.</summary>
    public Digest Hash { get; }

    /// <summary>Number of the last record's block.</summary>
    public long LastNumber => Number + Records.Count - 1;

    /// <summary>Hash of block <see cref="LastNumber"/>: what is compared with another court's.</summary>
    public Digest LastHash { get; }

    /// <summary>An excerpt of a chain.</summary>
    /// <exception cref="ArgumentException">It has not the shape of docs/formats/anchor.md, section 6.</exception>
    public static AnchorExcerpt Of(
        string identity, string reference, long number, Digest before, IReadOnlyList<ReadOnlyMemory<byte>> records, EarlierHead? earlier = null) =>
        TryParse(Encode(identity, reference, number, before, records, earlier), out var excerpt, out var detail) ? excerpt : throw new ArgumentException(detail);

    /// <summary>Reads an excerpt strictly.</summary>
    /// <param name="bytes">Untrusted.</param>
    /// <param name="excerpt">Set when the answer is true.</param>
    /// <param name="detail">What was wrong; empty when the answer is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out AnchorExcerpt? excerpt, out string detail)
    {
        excerpt = null;
        try
        {
            var read = Read(CborValue.Decode(bytes));
            detail = read.Fault();
            excerpt = detail.Length == 0 ? read : null;
            return excerpt is not null;
        }
        catch (FormatException refused)
        {
            detail = refused.Message;
            return false;
        }
    }

    /// <summary>True when the first record is this checkpoint's, or that of an earlier one from which it is shown to go on.</summary>
    public bool Holds(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return Earlier is { } earlier
            ? Records[0].Span.SequenceEqual(RecordOf(checkpoint with { Size = earlier.Size, Root = earlier.Root })) && earlier.Size < checkpoint.Size
                && new ConsistencyProof(earlier.Size, checkpoint.Size, earlier.Path).Verify(earlier.Root, checkpoint.Root)
            : Records[0].Span.SequenceEqual(RecordOf(checkpoint));
    }

    /// <summary>The file.</summary>
    public byte[] Encode() => Encode(Identity, Reference, Number, Before, Records, Earlier);

    /// <summary>What stands on the chain for a checkpoint. Source: docs/formats/anchor.md, section 1.</summary>
    public static byte[] RecordOf(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var record = new byte[RecordLength];
        Digest.Of(Encoding.UTF8.GetBytes(checkpoint.Origin)).CopyTo(record);
        BinaryPrimitives.WriteInt64BigEndian(record.AsSpan(Digest.LengthBytes), checkpoint.Size);
        Digest.Of(Encoding.UTF8.GetBytes(checkpoint.ToText())).CopyTo(record.AsSpan(Digest.LengthBytes + sizeof(ulong)));
        return record;
    }

    private static byte[] Encode(
        string identity, string reference, long number, Digest before, IReadOnlyList<ReadOnlyMemory<byte>> records, EarlierHead? earlier) => CborValue.Map(
        ("version", CborValue.Integer(Version)), ("identity", CborValue.Text(identity)), ("reference", CborValue.Text(reference)),
        ("number", CborValue.Integer(number)), ("before", CborValue.Bytes(before)),
        ("records", CborValue.Array([.. records.Select(r => CborValue.Bytes(r.ToArray()))])), ("earlier", earlier?.ToCbor())).Encode();

    private static AnchorExcerpt Read(CborValue map)
    {
        var records = map["records"].AsArray();
        var earlier = map.TryGet("earlier", out var head) ? EarlierHead.FromCbor(head) : null;
        return map.AsMap().Count == (earlier is null ? 6 : 7) && map["version"].AsInteger() == Version && records.Count is >= 1 and <= RecordsMax
            ? new AnchorExcerpt(
                map["identity"].AsText(), map["reference"].AsText(), map["number"].AsInteger(), map["before"].AsDigest(), [.. records.Select(r => r.AsBytes())], earlier)
            : throw new FormatException($"Not an excerpt of version 1 with the members it has and 1 to {RecordsMax} records.");
    }

    private string Fault() =>
        Identity.Length is < 1 or > TextLengthMax || Reference.Length > TextLengthMax ? "Identity or reference is too long, or there is no identity."
        : Identity.Concat(Reference).Any(char.IsControl) ? "A control character stands in identity or reference."
        : Number is < 1 or > MerkleTree.SizeMax ? "A block's number is 1 to 2^62."
        : Records.Any(r => r.Length != RecordLength || SizeIn(r.Span) is < 1 or > MerkleTree.SizeMax) ? "A record is not 72 bytes with a size in range."
        : Number == 1 && Before != Segment ? "Before block 1 stands the hash that names the chain."
        : "";

    private static long SizeIn(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64BigEndian(record[Digest.LengthBytes..]);

    private static Digest HashOf(Digest before, ReadOnlyMemory<byte> record) => Digest.Of([.. before.ToArray(), .. record.Span]);
}
