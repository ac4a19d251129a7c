using System.Numerics;

namespace Cinnabar.Ledger.Evm;

/// <summary>The chain, the nodes it is reached through, and what may be paid.</summary>
/// <remarks>Immutable.</remarks>
public sealed record EvmNetworkOptions
{
    /// <summary>JSON-RPC over HTTP of different nodes, best of different courts; no load balancer, behind which answers change face.</summary>
    public required IReadOnlyList<Uri> Endpoints { get; init; }

    /// <summary>f: how many of the endpoints may lie. Nothing counts before f + 1 of them say it. Default 0; at most one below the endpoints.</summary>
    public int Liars { get; init; }

    /// <summary>EIP-155's chain id. It is signed, so that no transaction can be played on another chain.</summary>
    public required long ChainId { get; init; }

    /// <summary>Offered to the proposer for a unit of gas, in wei. Default 1 gwei; not used by a chain without base fee.</summary>
    public BigInteger Tip { get; init; } = 1_000_000_000;

    /// <summary>Never offered more than this for a unit of gas, in wei. Default 200 gwei: an anchor then costs at most 0.03 of the coin.</summary>
    public BigInteger MaxFee { get; init; } = 200_000_000_000;

    /// <summary>How long a node may take for one answer. Default 10 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How much longer the rest may take when f + 1 nodes have answered: a liar among them is found sooner. Default 1 s.</summary>
    public TimeSpan Stragglers { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest answer that is read. Default 8 MiB: 500 blocks of anchors of ten courts have some 100 kB.</summary>
    public int AnswerMaxBytes { get; init; } = 8 << 20;

    /// <summary>How often the chain is looked at. Default 1 s: private chains make blocks every 1 to 5 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a transaction may wait for its block before a dearer one takes its place. Default 30 s.</summary>
    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many nodes must say a thing: f + 1.</summary>
    internal int Needed => Liars + 1;

    internal void Validate()
    {
        if (Endpoints.Count == 0 || Endpoints.Distinct().Count() != Endpoints.Count || Endpoints.Any(endpoint => endpoint.Scheme is not ("http" or "https")))
        {
            throw new ArgumentException("Endpoints are different http or https addresses, at least one.");
        }

        if (Liars < 0 || Liars >= Endpoints.Count)
        {
            throw new ArgumentException($"{Endpoints.Count} endpoints bear 0 to {Endpoints.Count - 1} liars, not {Liars}.");
        }

        if (ChainId < 1 || Tip < 0 || MaxFee < Tip || AnswerMaxBytes < 1024
            || RequestTimeout <= TimeSpan.Zero || Stragglers < TimeSpan.Zero || PollInterval <= TimeSpan.Zero || ResendAfter <= TimeSpan.Zero)
        {
            throw new ArgumentException("The chain id, a fee, a limit or a time of the EVM network is out of range.");
        }
    }
}
