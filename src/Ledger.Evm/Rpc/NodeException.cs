using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Evm.Rpc;

/// <summary>One node gave no answer that can be used. Others may have.</summary>
/// <param name="failure">Unreachable or refused; one node alone proves no lie by it.</param>
internal sealed class NodeException(AnchorFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public AnchorFailure Failure { get; } = failure;
}
