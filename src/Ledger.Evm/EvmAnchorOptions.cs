namespace Cinnabar.Ledger.Evm;

/// <summary>Where the anchors stand, and when a block counts.</summary>
/// <remarks>Immutable.</remarks>
public sealed record EvmAnchorOptions
{
    /// <summary>The chain and its nodes.</summary>
    public required EvmNetworkOptions Network { get; init; }

    /// <summary>The contract, made by <see cref="EvmDeployment"/> or with other tools from the same bytecode.</summary>
    public required EvmAddress Contract { get; init; }

    /// <summary>The block it was made in; events are looked for from here. Default 0.</summary>
    public long FirstBlock { get; init; }

    /// <summary>
    /// How many blocks must follow a block before it counts. 0 where a block is final when it is made (QBFT, FISCO BCOS); 0 is the
    /// default. Where forks are normal, as many as are never taken back: a reorganisation that is deeper sets the engine aside.
    /// </summary>
    public int Confirmations { get; init; }

    /// <summary>Asks the node for its <c>finalized</c> block instead of counting: proof-of-stake chains. Default no.</summary>
    public bool FinalizedTag { get; init; }

    /// <summary>How many blocks are asked for at once. Default 500; Besu's own limit is 5,000.</summary>
    public int BlocksPerQuery { get; init; } = 500;

    /// <summary>How long an append may take with all its waiting before it counts as unreachable. Default 2 minutes.</summary>
    public TimeSpan AppendTimeout { get; init; } = TimeSpan.FromMinutes(2);

    internal void Validate()
    {
        Network.Validate();
        if (FirstBlock < 0 || Confirmations < 0 || (FinalizedTag && Confirmations > 0) || BlocksPerQuery < 1 || AppendTimeout <= TimeSpan.Zero)
        {
            throw new ArgumentException("A block number, a count or a time of the EVM engine is out of range, or finality is counted in two ways.");
        }
    }
}
