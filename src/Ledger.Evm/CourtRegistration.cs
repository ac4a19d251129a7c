using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Evm;

/// <summary>Which account may anchor a log. The list is fixed when the contract is made: contracts/Anchors.sol.</summary>
/// <param name="Log">As <see cref="Anchors.Anchor.LogOf"/> gives it.</param>
/// <param name="Court">The account of the court that writes the log.</param>
public readonly record struct CourtRegistration(Digest Log, EvmAddress Court);
