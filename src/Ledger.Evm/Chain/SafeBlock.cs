namespace Cinnabar.Ledger.Evm.Chain;

/// <summary>A block that f + 1 nodes show and that is deep enough to count.</summary>
/// <param name="Hash"><c>0x</c> and 64 digits.</param>
internal sealed record SafeBlock(long Number, string Hash);
