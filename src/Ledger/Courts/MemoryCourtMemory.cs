namespace Cinnabar.Ledger.Courts;

/// <summary>A court's memory in memory: for simulations and trial runs. Durable as long as the object lives.</summary>
/// <remarks><see cref="Dispose"/> does nothing, so that the same object can be opened again as after a restart. Safe for concurrent callers.</remarks>
public sealed class MemoryCourtMemory : ICourtMemory
{
    private readonly Lock _gate = new();
    private readonly List<(string Origin, KeptEvidence Evidence)> _evidence = [];
    private readonly Dictionary<(string Origin, long Epoch), byte[]> _seals = [];
    private readonly Dictionary<string, byte[]> _finals = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<KeptEvidence> ReadEvidence(string origin)
    {
        lock (_gate)
        {
            return [.. _evidence.Where(e => e.Origin == origin).Select(e => e.Evidence)];
        }
    }

    /// <inheritdoc/>
    public void SaveEvidence(string origin, KeptEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        lock (_gate)
        {
            if (!_evidence.Any(e => e.Origin == origin && e.Evidence.Bytes.Span.SequenceEqual(evidence.Bytes.Span)))
            {
                _evidence.Add((origin, evidence with { Bytes = evidence.Bytes.ToArray() }));
            }
        }
    }

    /// <inheritdoc/>
    public byte[]? ReadSeal(string origin, long epoch)
    {
        lock (_gate)
        {
            return _seals.GetValueOrDefault((origin, epoch));
        }
    }

    /// <inheritdoc/>
    public void SaveSeal(string origin, long epoch, ReadOnlyMemory<byte> statement)
    {
        lock (_gate)
        {
            _seals.TryAdd((origin, epoch), statement.ToArray());
        }
    }

    /// <inheritdoc/>
    public byte[]? ReadFinal(string origin)
    {
        lock (_gate)
        {
            return _finals.GetValueOrDefault(origin);
        }
    }

    /// <inheritdoc/>
    public void SaveFinal(string origin, ReadOnlyMemory<byte> note)
    {
        lock (_gate)
        {
            _finals[origin] = note.ToArray();
        }
    }

    /// <summary>Does nothing: the memory lives as long as the object.</summary>
    public void Dispose()
    {
    }
}
