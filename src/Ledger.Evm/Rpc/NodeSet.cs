using System.Numerics;
using System.Text.Json;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Evm.Rpc;

/// <summary>All nodes of the configuration, none of them trusted: what f + 1 say has been said by one that does not lie.</summary>
/// <remarks>Source: attack "JSON-RPC endpoint lies"; docs/operate/anchors-evm.md.</remarks>
internal sealed class NodeSet(EvmNetworkOptions options, HttpClient http, TimeProvider time)
{
    private readonly JsonRpcNode[] _nodes = [.. options.Endpoints.Select(endpoint => new JsonRpcNode(endpoint, http, options, time))];

    /// <summary>Asks every node; returns when all have answered, or f + 1 have and the stragglers' time is over.</summary>
    /// <param name="read">Reads a node's answer; null when the node has not got what was asked for, which is no answer.</param>
    /// <exception cref="AnchorEngineException">Fewer than f + 1 answered.</exception>
    public async Task<IReadOnlyList<NodeAnswer<T>>> AskAsync<T>(Func<JsonElement[], T?> read, CancellationToken cancellationToken, params RpcRequest[] requests)
        where T : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = _nodes.Select(node => AskOneAsync(node, read, requests, stop.Token)).ToList();
        var answers = new List<NodeAnswer<T>>();
        var failures = new List<NodeException>();
        Task? grace = null;
        while (asked.Count > 0 && grace is not { IsCompleted: true })
        {
            var done = await Task.WhenAny(grace is null ? asked : [.. asked, grace]).ConfigureAwait(false);
            if (done is Task<NodeAnswer<T>?> answered)
            {
                asked.Remove(answered);
                await CollectAsync(answered, answers, failures).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (answers.Count >= options.Needed)
            {
                grace ??= Task.Delay(options.Stragglers, time, stop.Token);
            }
        }

        await stop.CancelAsync().ConfigureAwait(false);
        return answers.Count >= options.Needed ? answers : throw TooFew(answers.Count, failures, requests[0].Method);
    }

    /// <summary>What every node that answers says, and at least f + 1 do.</summary>
    /// <exception cref="AnchorEngineException">Two of them say different things: two faces, with both as evidence.</exception>
    public async Task<T> AgreeAsync<T>(Func<JsonElement[], T?> read, CancellationToken cancellationToken, params RpcRequest[] requests)
        where T : class
    {
        var answers = await AskAsync(read, cancellationToken, requests).ConfigureAwait(false);
        var other = answers.FirstOrDefault(answer => !answer.Value.Equals(answers[0].Value));
        return other is null ? answers[0].Value : throw TwoFaces(answers[0], other, requests[0].Method);
    }

    /// <summary>Says a thing to every node. Waits for as many as <see cref="AskAsync"/> does; the rest are told all the same.</summary>
    /// <param name="refusals">Takes what the nodes said that did not take it.</param>
    /// <returns>How many took it.</returns>
    public async Task<int> TellAsync(RpcRequest request, List<string> refusals, CancellationToken cancellationToken)
    {
        var told = _nodes.Select(node => TellOneAsync(node, request, cancellationToken)).ToList();
        var answered = 0;
        Task? grace = null;
        while (told.Count > 0 && grace is not { IsCompleted: true })
        {
            var done = await Task.WhenAny(grace is null ? told : [.. told, grace]).ConfigureAwait(false);
            if (done is Task<string?> answer)
            {
                told.Remove(answer);
                answered++;
                refusals.AddRange(await answer.ConfigureAwait(false) is { } refusal ? [refusal] : []);
            }

            if (answered >= options.Needed)
            {
                grace ??= Task.Delay(options.Stragglers, time, cancellationToken);
            }
        }

        return answered - refusals.Count;
    }

    /// <summary>The largest number that f + 1 nodes have reached: no liar can push it above every honest node's.</summary>
    public BigInteger Reached(IEnumerable<BigInteger> numbers) => numbers.OrderDescending().ElementAt(options.Liars);

    public static AnchorEngineException TwoFaces<T>(NodeAnswer<T> one, NodeAnswer<T> other, string what) =>
        new(AnchorFailure.Lied, $"{one.Node.Name} and {other.Node.Name} show different answers to {what}.") { Evidence = one.Against(other) };

    private static async Task<string?> TellOneAsync(JsonRpcNode node, RpcRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await node.CallAsync([request], cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (NodeException exception)
        {
            return exception.Message;
        }
    }

    private static async Task<NodeAnswer<T>?> AskOneAsync<T>(JsonRpcNode node, Func<JsonElement[], T?> read, RpcRequest[] requests, CancellationToken cancellationToken)
        where T : class
    {
        var results = await node.CallAsync(requests, cancellationToken).ConfigureAwait(false);
        try
        {
            return read(results) is { } value ? new NodeAnswer<T>(node, value, string.Join(' ', results.Select(result => result.GetRawText()))) : null;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            throw new NodeException(AnchorFailure.Unreachable, $"{node.Name} answered {requests[0].Method} with something else: {exception.Message}", exception);
        }
    }

    private static async Task CollectAsync<T>(Task<NodeAnswer<T>?> answered, List<NodeAnswer<T>> answers, List<NodeException> failures)
        where T : class
    {
        try
        {
            if (await answered.ConfigureAwait(false) is { } answer)
            {
                answers.Add(answer);
            }
        }
        catch (NodeException exception)
        {
            failures.Add(exception);
        }
        catch (OperationCanceledException)
        {
            // The caller gave up; the loop says so.
        }
    }

    private AnchorEngineException TooFew(int answered, List<NodeException> failures, string what)
    {
        var refused = failures.Find(failure => failure.Failure == AnchorFailure.Refused);
        var why = refused ?? (failures.Count > 0 ? failures[0] : null);
        return new AnchorEngineException(
            refused is null ? AnchorFailure.Unreachable : AnchorFailure.Refused,
            $"{answered} of {_nodes.Length} nodes could answer {what}; {options.Needed} are needed. {why?.Message}",
            why);
    }
}
