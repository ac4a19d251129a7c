using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Evm.Signing;

namespace Cinnabar.Ledger.Evm;

/// <summary>What must be known of contracts/Anchors.sol to make it, call it and read it: bytecode and the little ABI it uses.</summary>
/// <remarks>Source of the encoding: Solidity, "Contract ABI Specification": words of 32 bytes, numbers big-endian.</remarks>
internal static class AnchorsContract
{
    private const int WordBytes = 32;

    private static readonly JsonElement s_compiled = ReadResource();

    /// <summary>Runs once and leaves the contract; the registrations follow it.</summary>
    public static byte[] CreationCode { get; } = Convert.FromHexString(s_compiled.GetProperty("creation").GetString()!);

    /// <summary>What stands on the chain. It holds no address and no time, so it is the same for every deployment.</summary>
    public static byte[] RuntimeCode { get; } = Convert.FromHexString(s_compiled.GetProperty("runtime").GetString()!);

    /// <summary>First topic of the event.</summary>
    public static byte[] AnchoredTopic { get; } = Keccak256.Hash(Encoding.ASCII.GetBytes("Anchored(bytes32,uint64,bytes32)"));

    public static byte[] Append(Anchor anchor) =>
        [.. Selector("append(bytes32,uint64,bytes32)"), .. anchor.Log.ToArray(), .. Word(anchor.Size), .. anchor.Checkpoint.ToArray()];

    public static byte[] CourtOf(Digest log) => [.. Selector("courtOf(bytes32)"), .. log.ToArray()];

    public static byte[] SizeOf(Digest log) => [.. Selector("sizeOf(bytes32)"), .. log.ToArray()];

    public static byte[] CheckpointOf(Digest log, long size) => [.. Selector("checkpointOf(bytes32,uint64)"), .. log.ToArray(), .. Word(size)];

    /// <summary>The data of the transaction that makes the contract: two dynamic arrays, so offsets first.</summary>
    public static byte[] Creation(IReadOnlyList<CourtRegistration> registrations)
    {
        var second = (2 * WordBytes) + WordBytes + (registrations.Count * WordBytes);
        return
        [
            .. CreationCode, .. Word(2 * WordBytes), .. Word(second),
            .. Word(registrations.Count), .. registrations.SelectMany(registration => registration.Log.ToArray()),
            .. Word(registrations.Count), .. registrations.SelectMany(registration => Word(registration.Court)),
        ];
    }

    /// <summary>The record of an event: its topic and its two words of data.</summary>
    /// <exception cref="FormatException">The event is not one that this contract can emit.</exception>
    public static byte[] Record(byte[] log, byte[] data)
    {
        if (log.Length != WordBytes || data.Length != 2 * WordBytes || data.AsSpan(0, WordBytes - sizeof(ulong)).ContainsAnyExcept((byte)0))
        {
            throw new FormatException("The event has another shape than the contract's.");
        }

        return [.. log, .. data.AsSpan(WordBytes - sizeof(ulong), sizeof(ulong)), .. data.AsSpan(WordBytes)];
    }

    private static byte[] Selector(string signature) => Keccak256.Hash(Encoding.ASCII.GetBytes(signature))[..4];

    private static byte[] Word(long number)
    {
        var word = new byte[WordBytes];
        BinaryPrimitives.WriteInt64BigEndian(word.AsSpan(WordBytes - sizeof(long)), number);
        return word;
    }

    private static byte[] Word(EvmAddress address) => [.. new byte[WordBytes - EvmAddress.LengthBytes], .. address.ToArray()];

    private static JsonElement ReadResource()
    {
        using var stream = typeof(AnchorsContract).Assembly.GetManifestResourceStream("Anchors.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
