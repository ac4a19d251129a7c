using System.Text;

namespace Cinnabar.Ledger.Evm.Rpc;

/// <summary>What one node said.</summary>
/// <param name="Raw">As it came, for evidence.</param>
internal sealed record NodeAnswer<T>(JsonRpcNode Node, T Value, string Raw)
{
    private const int EvidenceMaxChars = 1_900;

    /// <summary>Who said what, cut to half of what evidence may have.</summary>
    public string Told => $"{Node.Name}: {(Raw.Length > EvidenceMaxChars ? Raw[..EvidenceMaxChars] : Raw)}\n";

    /// <summary>Both faces.</summary>
    public byte[] Against(NodeAnswer<T> other) => Encoding.ASCII.GetBytes(Told + other.Told);
}
