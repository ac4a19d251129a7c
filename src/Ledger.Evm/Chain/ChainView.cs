using System.Numerics;
using System.Text.Json;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Evm.Rpc;

namespace Cinnabar.Ledger.Evm.Chain;

/// <summary>How far the chain is that counts. It only grows; whatever contradicts what was seen before is a lie with evidence.</summary>
internal sealed class ChainView(NodeSet nodes, EvmAnchorOptions options) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<JsonRpcNode, long> _highest = [];
    private SafeBlock? _last;

    public void Dispose() => _gate.Dispose();

    /// <summary>Looks at every node and gives the newest block that counts.</summary>
    /// <exception cref="AnchorEngineException">
    /// Lied: two nodes show different blocks at one height, a block that counted is another one now, or a node has fewer blocks than it
    /// showed. Unreachable or refused: fewer than f + 1 nodes answered.
    /// </exception>
    public async Task<SafeBlock> AdvanceAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var heads = await HeadsAsync(cancellationToken).ConfigureAwait(false);
            foreach (var head in heads)
            {
                RequireNotBelowItself(head);
            }

            var reached = (long)nodes.Reached(heads.Select(head => head.Value.Number));
            var safe = Math.Max(Math.Max(0, reached - options.Confirmations), _last?.Number ?? 0);
            _last = await AgreeOnAsync(safe, cancellationToken).ConfigureAwait(false);
            return _last;
        }
        finally
        {
            _gate.Release();
        }
    }

    // A node that catches up says so, and is not asked: behind its own past it would look like one that lost something.
    private Task<IReadOnlyList<NodeAnswer<Head>>> HeadsAsync(CancellationToken cancellationToken) => nodes.AskAsync(
        results => results[0].ValueKind == JsonValueKind.False && results[1].ValueKind == JsonValueKind.Object ? new Head(Number(results[1])) : null,
        cancellationToken,
        RpcRequest.Of("eth_syncing"), RpcRequest.Block(options.FinalizedTag ? "finalized" : "latest"));

    private void RequireNotBelowItself(NodeAnswer<Head> head)
    {
        var number = (long)head.Value.Number;
        var highest = _highest.GetValueOrDefault(head.Node);
        if (number < highest - options.Confirmations)
        {
            throw new AnchorEngineException(AnchorFailure.Lied, $"{head.Node.Name} is at block {number} and has shown {highest}: blocks that counted are gone.")
            {
                Evidence = System.Text.Encoding.ASCII.GetBytes(head.Told),
            };
        }

        _highest[head.Node] = Math.Max(number, highest);
    }

    private async Task<SafeBlock> AgreeOnAsync(long number, CancellationToken cancellationToken)
    {
        // The block before stays the one it was: asked together with the new one, so that no change goes unseen between the two.
        var before = _last ?? new SafeBlock(number, "");
        var answers = await nodes.AskAsync(
            results => results.All(block => block.ValueKind == JsonValueKind.Object) ? new Pair(Hash(results[0]), Hash(results[1])) : null,
            cancellationToken,
            RpcRequest.Block(Hex.Quantity(number)), RpcRequest.Block(Hex.Quantity(before.Number))).ConfigureAwait(false);
        foreach (var answer in answers)
        {
            if (answer.Value.Now != answers[0].Value.Now)
            {
                throw NodeSet.TwoFaces(answers[0], answer, $"what block {number} is");
            }

            if (before.Hash.Length > 0 && answer.Value.Before != before.Hash)
            {
                throw new AnchorEngineException(AnchorFailure.Lied, $"{answer.Node.Name} shows another block {before.Number} than {before.Hash}, which counted.")
                {
                    Evidence = System.Text.Encoding.ASCII.GetBytes(answer.Told),
                };
            }
        }

        return new SafeBlock(number, answers[0].Value.Now);
    }

    private static BigInteger Number(JsonElement block) => Hex.ReadLong(block.GetProperty("number").GetString());

    private static string Hash(JsonElement block) => Hex.Data(Hex.ReadData(block.GetProperty("hash").GetString(), 32));

    private sealed record Head(BigInteger Number);

    private sealed record Pair(string Now, string Before);
}
