using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;

namespace Cinnabar.Station.Packs;

/// <summary>Chooses the statements that belong to an incident, as far as a given size of the log.</summary>
/// <param name="index">Applied up to <paramref name="size"/>.</param>
/// <param name="size">Size of the tree that the receipts will be of.</param>
internal sealed class PackSelection(PacksStore index, CourtLog log, long size, PacksOptions options)
{
    private readonly SortedDictionary<long, IndexedFact> _chosen = [];

    /// <summary>The seal that the incident is about; set when it was found.</summary>
    public string Seal { get; private set; } = "";

    /// <summary>The statements in log order, or null for an incident that the log does not know.</summary>
    /// <exception cref="PackTooLargeException">There are more than the options allow.</exception>
    public IReadOnlyCollection<IndexedFact>? Choose(string incident)
    {
        if (index.Opened(incident, size) is not var (opened, seal))
        {
            return null;
        }

        Seal = seal;
        var about = index.OfIncident(incident, size);
        var until = about.Where(f => f.Kind == "incident.closed").Select(f => (long?)f.Position).Max() ?? size - 1;
        var trigger = TriggerOf(opened);
        var since = (trigger ?? opened).TimeMs - (long)options.Before.TotalMilliseconds;
        var from = (trigger ?? opened).Position;
        foreach (var (device, first) in index.DevicesSince(seal, since, until))
        {
            // A clock that jumped may not push the trigger itself out of the stretch.
            var start = trigger?.Issuer == device ? Math.Min(first, trigger.Sequence ?? first) : first;
            var chain = OneChain(index.Chain(seal, device, start, until, options.StatementsMax + 1));
            from = Math.Min(from, chain.Select(f => f.Position).DefaultIfEmpty(from).Min());
            Add(chain);
        }

        Add(about);
        Add(trigger is null ? [] : [trigger]);
        Add(index.AroundIncident(seal, from, until, incident));
        Add(index.Orders(seal, size));
        AddSigners();
        return _chosen.Values;
    }

    private void Add(IEnumerable<IndexedFact> facts)
    {
        foreach (var fact in facts)
        {
            _chosen[fact.Position] = fact;
            if (_chosen.Count > options.StatementsMax)
            {
                throw new PackTooLargeException(nameof(PacksOptions.StatementsMax), options.StatementsMax, _chosen.Count);
            }
        }
    }

    private IndexedFact? TriggerOf(IndexedFact opened)
    {
        var bytes = log.ReadEntry(opened.Position);
        return bytes is not null && Statement.TryParse(bytes.Value.Span, out var statement, out _) == StatementVerdict.Valid
            && statement!.Body.TryGet("trigger", out var trigger) && trigger.Kind == Evidence.Cbor.CborKind.Bytes
            ? index.Find(Convert.ToHexStringLower(trigger.AsBytes().Span), size)
            : null;
    }

    /// <summary>The genesis, and what the court said of every key that signed here.</summary>
    private void AddSigners()
    {
        Add([index.Find(Digest(0), size) ?? throw new InvalidDataException("The log's first entry is not in the index.")]);
        foreach (var issuer in _chosen.Values.Select(f => f.Issuer).Distinct().ToArray())
        {
            Add(index.Keys(issuer, size));
        }
    }

    private string Digest(long position) => Evidence.Digest.Of(log.ReadEntry(position)!.Value.Span).ToString();

    /// <summary>
    /// Where a device has forked, the branch that it went on with. The other branch is not left unsaid: the station's
    /// <c>chain.fork</c> about it is in the pack, with its hash; two statements of one number would make the pack contradict itself.
    /// </summary>
    private static List<IndexedFact> OneChain(IReadOnlyList<IndexedFact> statements)
    {
        List<IndexedFact> chain = [];
        foreach (var number in statements.GroupBy(s => s.Sequence).Reverse())
        {
            var after = chain.LastOrDefault();
            var fitting = after is null || after.Sequence > number.Key + 1
                ? number.First()
                : number.FirstOrDefault(s => s.Hash == after.Previous);
            if (fitting is not null)
            {
                chain.Add(fitting);
            }
        }

        return chain;
    }
}
