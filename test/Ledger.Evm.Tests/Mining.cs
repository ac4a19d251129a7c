using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>A chain whose blocks a test makes.</summary>
internal static class Mining
{
    /// <summary>Appends, and lets the chain grow until that counts.</summary>
    public static Task AppendAndMineAsync(this IAnchorEngine engine, Anvil node, Anchor anchor, CancellationToken cancellationToken) =>
        engine.AppendAsync(anchor, cancellationToken).AndMineAsync(node);

    /// <summary>Lets the chain grow until something is done.</summary>
    public static async Task AndMineAsync(this Task append, Anvil node)
    {
        while (!append.IsCompleted)
        {
            await node.MineAsync(1);
            await Task.WhenAny(append, Task.Delay(5, TestContext.Current.CancellationToken));
        }

        await append;
    }
}
