using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Evm.Rpc;

namespace Cinnabar.Ledger.Evm.Chain;

/// <summary>The contract's events in some blocks, as one node shows them. Two pages are equal when they say the same of every event.</summary>
internal sealed class EventPage : IEquatable<EventPage>
{
    /// <summary>A position is block · 2^20 + number of the event in its block.</summary>
    public const int IndexBits = 20;

    private const int EvidenceMaxChars = 1_000;

    private readonly string _said;

    private EventPage(IReadOnlyList<AnchorPlace> places, string said, string? flaw)
    {
        Places = places;
        _said = said;
        Flaw = flaw;
    }

    public IReadOnlyList<AnchorPlace> Places { get; }

    /// <summary>What no honest node can have said: another contract's event, other blocks, another order; null for a good page.</summary>
    public string? Flaw { get; }

    /// <summary>What was said, cut to what evidence may have.</summary>
    public byte[] Evidence => System.Text.Encoding.UTF8.GetBytes(_said[..Math.Min(_said.Length, EvidenceMaxChars)]);

    public static long BlockOf(long position) => position >> IndexBits;

    /// <summary>The last position that a block can have.</summary>
    public static long EndOf(long block) => ((block + 1) << IndexBits) - 1;

    public static RpcRequest Request(EvmAddress contract, long first, long last) => RpcRequest.Of(
        "eth_getLogs",
        new JsonObject
        {
            ["address"] = contract.ToString(), ["fromBlock"] = Hex.Quantity(first), ["toBlock"] = Hex.Quantity(last),
            ["topics"] = new JsonArray(Hex.Data(AnchorsContract.AnchoredTopic)),
        });

    /// <summary>Reads the answer to <see cref="Request"/>.</summary>
    public static EventPage Read(JsonElement answer, EvmAddress contract, long first, long last)
    {
        var places = new List<AnchorPlace>();
        var said = new System.Text.StringBuilder();
        try
        {
            foreach (var item in answer.EnumerateArray())
            {
                var place = ReadPlace(item, contract);
                if (BlockOf(place.Position) < first || BlockOf(place.Position) > last || (places.Count > 0 && place.Position <= places[^1].Position))
                {
                    throw new FormatException($"event {place.Position} is out of place");
                }

                places.Add(place);
                var block = Hex.ReadData(item.GetProperty("blockHash").GetString(), 32);
                said.Append(CultureInfo.InvariantCulture, $"{place.Position} {Hex.Data(block)} {place.Reference} {Convert.ToHexString(place.Record.Span)}\n");
            }
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return new EventPage([], answer.GetRawText(), exception.Message);
        }

        return new EventPage(places, said.ToString(), null);
    }

    public bool Equals(EventPage? other) => other is not null && _said == other._said;

    public override bool Equals(object? obj) => Equals(obj as EventPage);

    public override int GetHashCode() => _said.GetHashCode(StringComparison.Ordinal);

    private static AnchorPlace ReadPlace(JsonElement item, EvmAddress contract)
    {
        var topics = item.GetProperty("topics");
        if ((item.TryGetProperty("removed", out var removed) && removed.GetBoolean())
            || !EvmAddress.TryParse(item.GetProperty("address").GetString(), out var address) || address != contract
            || topics.GetArrayLength() != 2 || !Hex.ReadData(topics[0].GetString()).AsSpan().SequenceEqual(AnchorsContract.AnchoredTopic))
        {
            throw new FormatException("an event that was not asked for");
        }

        var block = Hex.ReadLong(item.GetProperty("blockNumber").GetString());
        var index = Hex.ReadLong(item.GetProperty("logIndex").GetString());
        if (block >= 1L << (62 - IndexBits) || index >= 1L << IndexBits)
        {
            throw new FormatException("a block or an event beyond every chain");
        }

        return new AnchorPlace(
            (block << IndexBits) + index,
            AnchorsContract.Record(Hex.ReadData(topics[1].GetString()), Hex.ReadData(item.GetProperty("data").GetString())),
            Hex.Data(Hex.ReadData(item.GetProperty("transactionHash").GetString(), 32)));
    }
}
