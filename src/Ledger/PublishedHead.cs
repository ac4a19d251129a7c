using Cinnabar.Evidence;

namespace Cinnabar.Ledger;

/// <summary>A released head together with the unfinished tiles of exactly its size. Immutable; swapped by reference.</summary>
/// <param name="Head">What readers see.</param>
/// <param name="Edge">Unfinished tiles by level, or null where they must be read from the store.</param>
internal sealed record PublishedHead(LogHead Head, Digest[][]? Edge);
