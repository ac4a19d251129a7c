using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Seals;

/// <summary>All seals and incidents after some facts. Not safe for concurrent use: <see cref="SealBoard"/> guards it.</summary>
internal sealed class SealLine(IEnumerable<SealState> seals, IEnumerable<IncidentState> incidents)
{
    private readonly Dictionary<string, SealState> _seals = seals.ToDictionary(s => s.SealNumber, StringComparer.Ordinal);
    private readonly Dictionary<string, IncidentState> _incidents = incidents.ToDictionary(i => i.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<SealState> Seals => _seals.Values;

    public SealState? Seal(string number) => _seals.GetValueOrDefault(number);

    public IncidentState? Incident(string id) => _incidents.GetValueOrDefault(id);

    /// <summary>Open incidents of a seal, gravest first.</summary>
    public IEnumerable<IncidentState> OpenOf(string seal) =>
        _incidents.Values.Where(i => !i.Closed && i.SealNumber == seal).OrderByDescending(i => i.Level);

    /// <summary>Takes a fact in.</summary>
    /// <returns>What it changed.</returns>
    public (SealState? Seal, IReadOnlyList<IncidentState> Incidents) Apply(Statement fact, Func<Digest, string?> triggerKind)
    {
        var before = _seals.GetValueOrDefault(fact.Subject);
        var after = SealFacts.Apply(before ?? new SealState { SealNumber = fact.Subject }, fact);
        var seal = before is null || !ReferenceEquals(before, after) ? after : null;
        if (seal is not null)
        {
            _seals[fact.Subject] = seal;
        }

        var changed = new List<IncidentState>();
        foreach (var (old, next) in Incidents(fact, triggerKind).ToArray())
        {
            if (!ReferenceEquals(old, next))
            {
                _incidents[next.Id] = next;
                changed.Add(next);
            }
        }

        return (seal, changed);
    }

    private IEnumerable<(IncidentState? Old, IncidentState Next)> Incidents(Statement fact, Func<Digest, string?> triggerKind)
    {
        if (fact.Kind == "media.still")
        {
            return OpenOf(fact.Subject).Select(i => ((IncidentState?)i, SealFacts.AddPicture(i, fact)));
        }

        var old = fact.Kind.StartsWith("incident.", StringComparison.Ordinal) && fact.Body.TextOrNull("incident") is { } id ? Incident(id) : null;
        return SealFacts.Apply(old, fact, triggerKind) is { } next && fact.Kind.StartsWith("incident.", StringComparison.Ordinal) ? [(old, next)] : [];
    }
}
