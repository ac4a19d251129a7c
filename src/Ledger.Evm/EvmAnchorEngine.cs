using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Evm.Chain;
using Cinnabar.Ledger.Evm.Rpc;
using Cinnabar.Ledger.Evm.Signing;

namespace Cinnabar.Ledger.Evm;

/// <summary>The anchor engine on an EVM chain: the contract contracts/Anchors.sol, read through f + 1 nodes.</summary>
/// <remarks>
/// Position: block · 2^20 + number of the event in its block. Reference: the transaction's hash. Everything is thread-safe. The life of
/// an anchor, and what each check is against: README.md beside this file.
/// </remarks>
public sealed class EvmAnchorEngine : IAnchorEngine
{
    /// <summary>An anchor takes 53,908, the first of a log 71,008.</summary>
    private const ulong AppendGas = 150_000;

    private readonly EvmAnchorOptions _options;
    private readonly EvmKey _key;
    private readonly TimeProvider _time;
    private readonly NodeSet _nodes;
    private readonly ChainView _view;
    private readonly Sender _sender;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Lock _gate = new();
    private string? _identity;

    /// <summary>Checks the options; calls nobody.</summary>
    /// <param name="key">The court's account. It signs transactions to the contract only.</param>
    /// <param name="http">Carries what the nodes demand: client certificates, headers. It stays the caller's.</param>
    /// <param name="time">Measures timeouts and decides when the chain is looked at.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public EvmAnchorEngine(EvmAnchorOptions options, EvmKey key, HttpClient http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(key);
        options.Validate();
        _options = options;
        _key = key;
        _time = time;
        _nodes = new NodeSet(options.Network, http, time);
        _view = new ChainView(_nodes, options);
        _sender = new Sender(_nodes, options.Network, key, time);
    }

    /// <inheritdoc/>
    public string Name => "evm";

    /// <inheritdoc/>
    public async Task AppendAsync(Anchor anchor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        using var timeout = new CancellationTokenSource(_options.AppendTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var waitsFor = "its block";
        try
        {
            await RequireOursAsync(either.Token).ConfigureAwait(false);
            for (var attempt = 0; !await StandsAsync(anchor, either.Token).ConfigureAwait(false);)
            {
                if (await SendOnceAsync(anchor, attempt, either.Token).ConfigureAwait(false) is { } reason)
                {
                    waitsFor = reason;
                    attempt++;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AnchorEngineException(AnchorFailure.Unreachable, $"Not anchored within {_options.AppendTimeout.TotalSeconds} s. Last: {waitsFor}");
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AnchorPlace> FollowAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        await RequireOursAsync(cancellationToken).ConfigureAwait(false);
        // The block of a place that was shown is read again: it must still hold that place, and may hold more.
        var next = from == 0 ? _options.FirstBlock : EventPage.BlockOf(from);
        var mustHold = from;
        while (true)
        {
            var safe = await _view.AdvanceAsync(cancellationToken).ConfigureAwait(false);
            while (next <= safe.Number)
            {
                var last = Math.Min(next + _options.BlocksPerQuery - 1, safe.Number);
                var places = await EventsAsync(next, last, cancellationToken).ConfigureAwait(false);
                RequireHeld(mustHold, places);
                mustHold = 0;
                foreach (var place in places.Where(place => place.Position > from))
                {
                    yield return place;
                    from = place.Position;
                }

                next = last + 1;
            }

            await _sender.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<EngineIdentity> IdentityAsync(CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_identity is not null && _identity != found.Identity)
            {
                throw new AnchorEngineException(AnchorFailure.Lied, "The nodes show another chain, genesis or contract than before.")
                {
                    Evidence = Encoding.ASCII.GetBytes($"{_identity}\n{found.Identity}\n"),
                };
            }

            _identity = found.Identity;
        }

        return new EngineIdentity(found.Identity, found.LastPosition);
    }

    /// <summary>Forgets what was seen; the HTTP client stays the caller's.</summary>
    public ValueTask DisposeAsync()
    {
        _view.Dispose();
        _sending.Dispose();
        return ValueTask.CompletedTask;
    }

    // Signing for, or believing, another chain or contract than the configured one would be the operator's mistake or an attack.
    private async Task RequireOursAsync(CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken).ConfigureAwait(false);
        if (found.ChainId != _options.Network.ChainId)
        {
            throw new AnchorEngineException(AnchorFailure.Refused, $"The nodes serve chain {found.ChainId}, not {_options.Network.ChainId}.");
        }

        if (!found.IsOurCode)
        {
            throw new AnchorEngineException(AnchorFailure.Refused, $"At {_options.Contract} stands no contract, or another one than Anchors.sol.");
        }
    }

    // In the state after a block that counts: what is newer, honest nodes may not all have yet.
    private async Task<Found> FindAsync(CancellationToken cancellationToken)
    {
        var safe = await _view.AdvanceAsync(cancellationToken).ConfigureAwait(false);
        return await _nodes.AgreeAsync(
            ReadFound, cancellationToken,
            RpcRequest.Of("eth_chainId"), RpcRequest.Block("0x0"), RpcRequest.Of("eth_getCode", _options.Contract.ToString(), Hex.Quantity(safe.Number))).ConfigureAwait(false)
            with { LastPosition = EventPage.EndOf(safe.Number) };
    }

    private Found ReadFound(JsonElement[] results)
    {
        var chain = Hex.ReadLong(results[0].GetString());
        var genesis = Hex.Data(Hex.ReadData(results[1].GetProperty("hash").GetString(), Keccak256.LengthBytes));
        var code = Hex.ReadData(results[2].GetString());
        var identity = $"evm:{chain}:{genesis}:{_options.Contract}:{Hex.Data(Keccak256.Hash(code))}";
        return new Found(chain, identity, code.AsSpan().SequenceEqual(AnchorsContract.RuntimeCode), 0);
    }

    // True when it stands in a block that counts. Stale only when that is sure: what is not final yet may go away again.
    private async Task<bool> StandsAsync(Anchor anchor, CancellationToken cancellationToken)
    {
        var safe = await _view.AdvanceAsync(cancellationToken).ConfigureAwait(false);
        var state = await _nodes.AgreeAsync(
            ContractState.Read, cancellationToken, ContractState.Requests(_options.Contract, anchor, Hex.Quantity(safe.Number))).ConfigureAwait(false);
        if (state.Holds(anchor))
        {
            return true;
        }

        return state.Size < (ulong)anchor.Size
            ? false
            : throw new AnchorEngineException(AnchorFailure.Stale, $"The log's last anchor is {state.Size}, not below {anchor.Size}.");
    }

    // One transaction of this engine at a time. Returns why it did not get into a block.
    private async Task<string?> SendOnceAsync(Anchor anchor, int attempt, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var answers = await _nodes.AskAsync(ContractState.Read, cancellationToken, ContractState.Requests(_options.Contract, anchor, "latest")).ConfigureAwait(false);
            if (answers.Count(answer => answer.Value.Court != _key.Address) > _options.Network.Liars)
            {
                throw new AnchorEngineException(AnchorFailure.Refused, $"The contract does not let {_key.Address} anchor the log {anchor.Log}.");
            }

            if (answers.Count(answer => answer.Value.Size >= (ulong)anchor.Size) <= _options.Network.Liars)
            {
                return await _sender.SendAsync(_options.Contract, AnchorsContract.Append(anchor), AppendGas, attempt, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _sending.Release();
        }

        // It stands in a block, or a larger one does; soon that block counts or is gone.
        await _sender.WaitAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<IReadOnlyList<AnchorPlace>> EventsAsync(long first, long last, CancellationToken cancellationToken)
    {
        var page = await _nodes.AgreeAsync(
            results => EventPage.Read(results[0], _options.Contract, first, last), cancellationToken, EventPage.Request(_options.Contract, first, last)).ConfigureAwait(false);
        return page.Flaw is null
            ? page.Places
            : throw new AnchorEngineException(AnchorFailure.Lied, $"The nodes show events that the contract cannot have: {page.Flaw}.") { Evidence = page.Evidence };
    }

    private static void RequireHeld(long position, IReadOnlyList<AnchorPlace> places)
    {
        if (position > 0 && !places.Any(place => place.Position == position))
        {
            throw new AnchorEngineException(AnchorFailure.Lied, $"The event at {position} was shown and is gone.")
            {
                Evidence = Encoding.ASCII.GetBytes($"{position} is not among: " + string.Join(", ", places.Select(place => $"{place.Position} {place.Reference}").Take(40))),
            };
        }
    }

    private sealed record Found(long ChainId, string Identity, bool IsOurCode, long LastPosition);
}
