using System.Runtime.CompilerServices;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Tests.Anchors;

/// <summary>An engine in memory that keeps every promise until a test tells it how to break one.</summary>
internal sealed class LyingEngine : IAnchorEngine
{
    private readonly Lock _gate = new();
    private readonly List<AnchorPlace> _places = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _identity = "engine one";
    private AnchorFailure? _failing;

    public string Name => "lying";

    /// <summary>Called for each append before anything is done: true swallows it and acknowledges all the same.</summary>
    public Func<Anchor, bool> Swallows { get; set; } = _ => false;

    /// <summary>Logs that are refused, as by a contract with a fixed list.</summary>
    public Func<Anchor, bool> Refuses { get; set; } = _ => false;

    /// <summary>What Follow throws at its end instead of waiting, or null.</summary>
    public AnchorEngineException? FollowBreaks { get; set; }

    public IReadOnlyList<Anchor> Held
    {
        get
        {
            lock (_gate)
            {
                return [.. _places.Select(place => Anchor.TryDecode(place.Record.Span, out var anchor) ? anchor : null).OfType<Anchor>()];
            }
        }
    }

    /// <summary>Every call fails this way, until null.</summary>
    public void Fail(AnchorFailure? failure) => Change(() => _failing = failure);

    public void Wipe(string newIdentity) => Change(() =>
    {
        _places.Clear();
        _identity = newIdentity;
    });

    public void RollBack(int count) => Change(() => _places.RemoveRange(_places.Count - count, count));

    /// <summary>Puts in what no court appended, at this position or the next.</summary>
    public void Show(ReadOnlyMemory<byte> record, long? position = null) => Change(() => _places.Add(Place(record, position)));

    public Task AppendAsync(Anchor anchor, CancellationToken cancellationToken)
    {
        Change(() =>
        {
            ThrowIfFailing();
            if (Refuses(anchor))
            {
                throw new AnchorEngineException(AnchorFailure.Refused, "not on the list");
            }

            if (Swallows(anchor) || _places.Any(place => place.Record.Span.SequenceEqual(anchor.Encode())))
            {
                return;
            }

            if (Held.Any(held => held.Log == anchor.Log && held.Size >= anchor.Size))
            {
                throw new AnchorEngineException(AnchorFailure.Stale, "not above the last");
            }

            _places.Add(Place(anchor.Encode(), null));
        });
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<AnchorPlace> FollowAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var index = 0;
        while (true)
        {
            Task changed;
            AnchorPlace? next = null;
            lock (_gate)
            {
                ThrowIfFailing();
                changed = _changed.Task;
                while (index < _places.Count && _places[index].Position <= from && index < _places.FindIndex(place => place.Position == from) + 1)
                {
                    index++;
                }

                if (index < _places.Count)
                {
                    next = _places[index++];
                }
            }

            if (next is { } place)
            {
                yield return place;
                from = 0;
            }
            else if (FollowBreaks is { } broken)
            {
                throw broken;
            }
            else
            {
                await changed.WaitAsync(cancellationToken);
            }
        }
    }

    public Task<EngineIdentity> IdentityAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ThrowIfFailing();
            return Task.FromResult(new EngineIdentity(_identity, _places.Count == 0 ? 0 : _places.Max(place => place.Position)));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private AnchorPlace Place(ReadOnlyMemory<byte> record, long? position)
    {
        var at = position ?? (_places.Count == 0 ? 1 : _places.Max(place => place.Position) + 1);
        return new AnchorPlace(at, record, $"place {at}");
    }

    private void ThrowIfFailing()
    {
        if (_failing is { } failure)
        {
            throw new AnchorEngineException(failure, "as the test wants it");
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            var changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
    }
}
