namespace Cinnabar.Evidence.Governance;

/// <summary>An epoch before it has bytes. Lists are put in order by <see cref="Epoch.Of"/>.</summary>
public sealed record EpochDraft
{
    /// <summary>1, 2, 3 … without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>Hash of the epoch before; 32 zero bytes in epoch 1.</summary>
    public Digest Previous { get; init; }

    /// <summary>The courts.</summary>
    public required IReadOnlyList<CourtMember> Courts { get; init; }

    /// <summary>f.</summary>
    public required int Liars { get; init; }

    /// <summary>Greatest distance of a batch header's time from a mirror's clock; five minutes.</summary>
    public long ClockMsMax { get; init; } = 300_000;

    /// <summary>Thumbprints of revoked keys.</summary>
    public IReadOnlyList<Digest> RevokedKeys { get; init; } = [];

    /// <summary>Where this epoch takes over the logs of the one before.</summary>
    public IReadOnlyList<LogTerminal> Logs { get; init; } = [];
}
