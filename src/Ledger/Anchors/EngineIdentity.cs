namespace Cinnabar.Ledger.Anchors;

/// <summary>Which engine answers, and how far it is.</summary>
/// <param name="Value">
/// Never changes over the life of the engine, and is another one after it was set up anew (etcd: cluster id and genesis key; EVM: chain
/// id, genesis hash and contract). 1 to 300 characters.
/// </param>
/// <param name="LastPosition">Not below any place that the engine has ever shown or acknowledged. Going back is proof that the engine lost something.</param>
public sealed record EngineIdentity(string Value, long LastPosition);
