using System.ComponentModel.DataAnnotations;
using Cinnabar.Ledger.Evm;

namespace Cinnabar.Station.Anchors;

/// <summary>A contract on an EVM chain; section "Anchors:Evm". What the settings mean for which chain: docs/operate/anchors-evm.md.</summary>
internal sealed class EvmEngineOptions
{
    /// <summary>JSON-RPC addresses of different nodes.</summary>
    public IList<Uri> Endpoints { get; } = [];

    /// <summary>f: how many of them may lie. Default 0.</summary>
    [Range(0, 99)]
    public int Liars { get; set; }

    /// <summary>The chain's id.</summary>
    [Range(0, long.MaxValue)]
    public long ChainId { get; set; }

    /// <summary>Address of the contract, 0x and 40 hex digits.</summary>
    public string Contract { get; set; } = "";

    /// <summary>File with the account's key, 32 bytes.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>PEM file with the nodes' CA. None: the system's trusted authorities.</summary>
    public string AuthorityFile { get; set; } = "";

    /// <summary>PEM file with the certificate that this court shows the nodes. None: none is shown.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file with that certificate's key.</summary>
    public string CertificateKeyFile { get; set; } = "";

    /// <summary>The block that the contract was made in. Default 0.</summary>
    [Range(0, long.MaxValue)]
    public long FirstBlock { get; set; }

    /// <summary>Blocks that must follow one before it counts. Default 0.</summary>
    [Range(0, 100_000)]
    public int Confirmations { get; set; }

    /// <summary>Asks for the chain's finalized block instead of counting. Default no.</summary>
    public bool FinalizedTag { get; set; }

    /// <summary>Blocks asked for at once. Default 500.</summary>
    [Range(1, 100_000)]
    public int BlocksPerQuery { get; set; } = 500;

    /// <summary>Wei for a unit of gas, offered to the proposer. Default 1 gwei.</summary>
    [Range(0, long.MaxValue)]
    public long Tip { get; set; } = 1_000_000_000;

    /// <summary>Most wei for a unit of gas; above it the engine waits. Default 200 gwei.</summary>
    [Range(0, long.MaxValue)]
    public long MaxFee { get; set; } = 200_000_000_000;

    /// <summary>How long an append may take with all its waiting. Default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AppendTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a node may take for one answer. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How much longer the rest may take when f + 1 nodes have answered. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Stragglers { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest answer that is read, bytes. Default 8 MiB.</summary>
    [Range(1024, int.MaxValue)]
    public int AnswerMaxBytes { get; set; } = 8 << 20;

    /// <summary>How often the chain is looked at. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a transaction may wait for its block before a dearer one takes its place. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan ResendAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What the engine takes.</summary>
    /// <exception cref="ArgumentException">The contract's address is none.</exception>
    public EvmAnchorOptions ForEngine() => new()
    {
        Network = new EvmNetworkOptions
        {
            Endpoints = [.. Endpoints],
            Liars = Liars,
            ChainId = ChainId,
            Tip = Tip,
            MaxFee = MaxFee,
            RequestTimeout = RequestTimeout,
            Stragglers = Stragglers,
            AnswerMaxBytes = AnswerMaxBytes,
            PollInterval = PollInterval,
            ResendAfter = ResendAfter,
        },
        Contract = EvmAddress.TryParse(Contract, out var contract) ? contract : throw new ArgumentException("Anchors:Evm:Contract is no address."),
        FirstBlock = FirstBlock,
        Confirmations = Confirmations,
        FinalizedTag = FinalizedTag,
        BlocksPerQuery = BlocksPerQuery,
        AppendTimeout = AppendTimeout,
    };
}
