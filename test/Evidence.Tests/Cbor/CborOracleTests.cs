using System.Formats.Cbor;
using Cinnabar.Evidence.Cbor;
using FsCheck;
using FsCheck.Fluent;

namespace Cinnabar.Evidence.Tests.Cbor;

/// <summary>Our reader beside the framework's: what ours takes, the strict framework reader takes too, with the same values.</summary>
/// <remarks>
/// Canonical mode sorts keys shorter first, Ctap2 by length within type; ours is bytewise (RFC 8949, 4.2.1), which the
/// framework has no mode for, so order is checked here and everything else by Strict and by re-encoding as Canonical.
/// </remarks>
public sealed class CborOracleTests
{
    private const int Runs = 3_000;

    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(Runs).WithReplay(1, 3);

    private static Gen<CborValue> Values => Gen.Sized(size => Value(Math.Min(size, 4)));

    [Fact]
    public void What_we_write_the_framework_reads_as_the_same_value() => Prop.ForAll(
        Arb.From(Values), value => AssertSame(value, Read(value.Encode()))).Check(s_config);

    [Fact]
    public void What_we_write_we_read_back_byte_for_byte() => Prop.ForAll(
        Arb.From(Values), value => Assert.Equal(value.Encode(), CborValue.Decode(value.Encode()).Encode())).Check(s_config);

    /// <summary>Random bytes and damaged good ones: whenever we accept, the framework does, with equal values, and the bytes are the only ones.</summary>
    [Fact]
    public void What_we_accept_the_framework_accepts_with_the_same_value()
    {
        var accepted = 0;
        Prop.ForAll(Arb.From(Mutants), bytes =>
        {
            try
            {
                var value = CborValue.Decode(bytes);
                accepted++;
                AssertSame(value, Read(bytes));
                Assert.Equal(bytes, value.Encode());
            }
            catch (CborRefusedException refused)
            {
                Assert.InRange(refused.Offset, 0, bytes.Length);
            }
        }).Check(s_config);
        Assert.InRange(accepted, Runs / 100, Runs);
    }

    /// <summary>The other way round: what the strict framework reader refuses, we refuse.</summary>
    [Fact]
    public void What_the_framework_refuses_we_refuse() => Prop.ForAll(Arb.From(Mutants), bytes =>
    {
        try
        {
            Read(bytes);
        }
        catch (Exception refused) when (refused is CborContentException or InvalidOperationException or OverflowException)
        {
            Assert.Throws<CborRefusedException>(() => CborValue.Decode(bytes));
        }
    }).Check(s_config);

    private static Gen<byte[]> Mutants =>
        from value in Values
        from place in Gen.Choose(0, 10_000)
        from change in Gen.Choose(0, 255)
        from how in Gen.Choose(0, 3)
        select Mutate(value.Encode(), place, (byte)change, how);

    private static byte[] Mutate(byte[] bytes, int place, byte change, int how)
    {
        var at = place % bytes.Length;
        return how switch
        {
            0 => [.. bytes[..at], change, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], change, .. bytes[at..]],
            2 => [.. bytes[..at], .. bytes[(at + 1)..]],
            _ => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (change % 8))), .. bytes[(at + 1)..]],
        };
    }

    private static Gen<CborValue> Value(int depth) => depth <= 0 ? Scalar : Gen.Frequency(
        (3, Scalar),
        (1, Value(depth - 1).ListOf(3).Select(items => CborValue.Array([.. items]))),
        (1, Entry(depth - 1).ListOf(4).Select(entries => CborValue.Map(entries.DistinctBy(e => Convert.ToHexString(e.Key.Encode()))))));

    private static Gen<KeyValuePair<CborValue, CborValue>> Entry(int depth) =>
        from key in Gen.OneOf(Integer, Text)
        from value in Value(depth)
        select new KeyValuePair<CborValue, CborValue>(key, value);

    private static Gen<CborValue> Scalar => Gen.OneOf(
        Integer, Text, Gen.Choose(0, 255).ListOf(30).Select(b => CborValue.Bytes([.. b.Select(i => (byte)i)])),
        Gen.Elements(CborValue.Null, CborValue.Boolean(true), CborValue.Boolean(false)));

    private static Gen<CborValue> Integer => Gen.OneOf(
        Gen.Choose(-300, 300).Select(i => CborValue.Integer(i)),
        Gen.Choose(0, 63).Select(bit => CborValue.Integer(1L << bit)),
        Gen.Elements(long.MinValue, long.MaxValue, uint.MaxValue, uint.MaxValue + 1L, ushort.MaxValue, -65_537).Select(CborValue.Integer));

    private static Gen<CborValue> Text => Gen.Elements("", "a", "封条", "😀", "a longer text of more than twenty-three bytes").Select(CborValue.Text);

    private static object? Read(byte[] bytes)
    {
        var reader = new System.Formats.Cbor.CborReader(bytes, CborConformanceMode.Strict);
        var value = Read(reader);
        return reader.BytesRemaining == 0 ? value : throw new CborContentException("Bytes remain.");
    }

    private static object? Read(System.Formats.Cbor.CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                return reader.ReadInt64();
            case CborReaderState.ByteString:
                return reader.ReadByteString();
            case CborReaderState.TextString:
                return reader.ReadTextString();
            case CborReaderState.Boolean:
                return reader.ReadBoolean();
            case CborReaderState.Null:
                reader.ReadNull();
                return null;
            case CborReaderState.StartArray:
                var items = new List<object?>();
                reader.ReadStartArray();
                while (reader.PeekState() != CborReaderState.EndArray)
                {
                    items.Add(Read(reader));
                }

                reader.ReadEndArray();
                return items;
            case CborReaderState.StartMap:
                var entries = new List<(object?, object?)>();
                reader.ReadStartMap();
                while (reader.PeekState() != CborReaderState.EndMap)
                {
                    entries.Add((Read(reader), Read(reader)));
                }

                reader.ReadEndMap();
                return entries;
            default:
                throw new CborContentException("Outside the subset.");
        }
    }

    private static void AssertSame(CborValue ours, object? theirs)
    {
        switch (ours.Kind)
        {
            case CborKind.Null:
                Assert.Null(theirs);
                break;
            case CborKind.Boolean:
                Assert.Equal(ours.AsBoolean(), Assert.IsType<bool>(theirs));
                break;
            case CborKind.Integer:
                Assert.Equal(ours.AsInteger(), Assert.IsType<long>(theirs));
                break;
            case CborKind.Bytes:
                Assert.Equal(ours.AsBytes().ToArray(), Assert.IsType<byte[]>(theirs));
                break;
            case CborKind.Text:
                Assert.Equal(ours.AsText(), Assert.IsType<string>(theirs));
                break;
            case CborKind.Array:
                var items = Assert.IsType<List<object?>>(theirs);
                Assert.Equal(ours.AsArray().Count, items.Count);
                Assert.All(items.Zip(ours.AsArray()), pair => AssertSame(pair.Second, pair.First));
                break;
            default:
                var entries = Assert.IsType<List<(object?, object?)>>(theirs);
                Assert.Equal(ours.AsMap().Count, entries.Count);
                Assert.All(entries.Zip(ours.AsMap()), pair =>
                {
                    AssertSame(pair.Second.Key, pair.First.Item1);
                    AssertSame(pair.Second.Value, pair.First.Item2);
                });
                break;
        }
    }
}
