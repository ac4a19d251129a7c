using System.Numerics;
using System.Text.Json;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Evm.Rpc;
using Cinnabar.Ledger.Evm.Signing;

namespace Cinnabar.Ledger.Evm.Chain;

/// <summary>Brings transactions of one account into blocks, one after the other.</summary>
/// <remarks>
/// Whether a transaction did what it was for is not asked here but of the contract's state: receipts can be lost, reorganised and
/// lied about, and another program may use the same key. One at a time: a later one can then never wait behind a price of yesterday.
/// </remarks>
internal sealed class Sender(NodeSet nodes, EvmNetworkOptions options, EvmKey key, TimeProvider time)
{
    // What nodes call a transaction that they have. Besu: "Known transaction"; Geth: "already known"; anvil: "already imported".
    private static readonly string[] s_known = ["known transaction", "already known", "already imported", "already in the"];
    private static readonly string[] s_unpaid = ["insufficient funds", "upfront cost exceeds"];

    /// <summary>Sends a transaction and waits until one with its nonce is in a block, or it is time to offer more.</summary>
    /// <param name="attempt">0 for the first; each more offers a quarter more, up to the limit.</param>
    /// <returns>Why it did not get into a block; null when something with its nonce did.</returns>
    /// <exception cref="AnchorEngineException">The account cannot pay: refused. Fewer than f + 1 nodes answer.</exception>
    public async Task<string?> SendAsync(EvmAddress? to, byte[] data, ulong gasLimit, int attempt, CancellationToken cancellationToken)
    {
        var nonce = await NonceAsync(cancellationToken).ConfigureAwait(false);
        if (await FeesAsync(attempt, cancellationToken).ConfigureAwait(false) is not { } fees)
        {
            await WaitAsync(cancellationToken).ConfigureAwait(false);
            return $"The chain asks for more than {options.MaxFee} wei a unit of gas.";
        }

        var transaction = new EvmTransaction(options.ChainId, (ulong)nonce, fees, gasLimit, to, data).Sign(key);
        var refusal = await OfferAsync(transaction, cancellationToken).ConfigureAwait(false);
        var since = time.GetTimestamp();
        do
        {
            await WaitAsync(cancellationToken).ConfigureAwait(false);
            if (await NonceAsync(cancellationToken).ConfigureAwait(false) > nonce)
            {
                return null;
            }
        }
        while (time.GetElapsedTime(since) < options.ResendAfter && refusal is null);

        return refusal ?? $"No block within {options.ResendAfter.TotalSeconds} s at {fees.MaxFee} wei a unit of gas.";
    }

    /// <summary>Until the chain may have changed.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(options.PollInterval, time, cancellationToken);

    /// <summary>How many transactions of the account stand in blocks.</summary>
    /// <remarks>"latest", not "pending": a transaction that waits at too low a price is replaced, not queued behind.</remarks>
    public async Task<BigInteger> NonceAsync(CancellationToken cancellationToken)
    {
        var answers = await nodes.AskAsync(
            results => new Count(Hex.ReadLong(results[0].GetString())), cancellationToken,
            RpcRequest.Of("eth_getTransactionCount", key.Address.ToString(), "latest")).ConfigureAwait(false);
        return nodes.Reached(answers.Select(answer => answer.Value.Number));
    }

    // Every node gets it: one that drops it cannot hold it back. Only when none takes it is its reason ours.
    private async Task<string?> OfferAsync(byte[] transaction, CancellationToken cancellationToken)
    {
        var refusals = new List<string>();
        var taken = await nodes.TellAsync(RpcRequest.Of("eth_sendRawTransaction", Hex.Data(transaction)), refusals, cancellationToken).ConfigureAwait(false);
        if (taken > 0 || refusals.Exists(refusal => Says(refusal, s_known)))
        {
            return null;
        }

        if (refusals.Count(refusal => Says(refusal, s_unpaid)) > options.Liars)
        {
            throw new AnchorEngineException(AnchorFailure.Refused, $"The account {key.Address} cannot pay for an anchor.");
        }

        return refusals.Count > 0 ? refusals[0] : "No node could be reached.";
    }

    private async Task<EvmFees?> FeesAsync(int attempt, CancellationToken cancellationToken)
    {
        var blocks = await nodes.AskAsync(results => new BaseFee(ReadBaseFee(results[0])), cancellationToken, RpcRequest.Block("latest")).ConfigureAwait(false);
        var bases = blocks.Where(block => block.Value.Wei is not null).Select(block => block.Value.Wei!.Value).ToList();
        if (bases.Count > options.Liars)
        {
            var baseFee = nodes.Reached(bases);
            var tip = Dearer(options.Tip, attempt);
            // Twice the base fee stands six full blocks of rise.
            return baseFee > options.MaxFee ? null : Capped(Dearer(2 * baseFee, attempt) + tip, tip);
        }

        var prices = await nodes.AskAsync(
            results => new Count(Hex.ReadQuantity(results[0].GetString())), cancellationToken, RpcRequest.Of("eth_gasPrice")).ConfigureAwait(false);
        var price = nodes.Reached(prices.Select(answer => answer.Value.Number));
        return price > options.MaxFee ? null : Capped(Dearer(price, attempt), null);
    }

    private EvmFees Capped(BigInteger fee, BigInteger? tip)
    {
        var capped = BigInteger.Min(fee, options.MaxFee);
        return new EvmFees(capped, tip is null ? null : BigInteger.Min(tip.Value, capped));
    }

    private static BigInteger Dearer(BigInteger wei, int attempt) => wei * BigInteger.Pow(5, Math.Min(attempt, 20)) / BigInteger.Pow(4, Math.Min(attempt, 20));

    private static BigInteger? ReadBaseFee(JsonElement block) =>
        block.TryGetProperty("baseFeePerGas", out var wei) && wei.ValueKind == JsonValueKind.String ? Hex.ReadQuantity(wei.GetString()) : null;

    private static bool Says(string refusal, string[] words) => words.Any(word => refusal.Contains(word, StringComparison.OrdinalIgnoreCase));

    private sealed record Count(BigInteger Number);

    private sealed record BaseFee(BigInteger? Wei);
}
