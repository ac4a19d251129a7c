using Cinnabar.Evidence;

namespace Cinnabar.Station.Gateway;

/// <summary>The last statement of a device's chain.</summary>
/// <param name="Sequence">Its number; 0 before the first.</param>
/// <param name="Hash">Its hash; zero before the first.</param>
/// <param name="Boot">Its boot id, hexadecimal; empty before the first.</param>
internal sealed record ChainHead(long Sequence, Digest Hash, string Boot);
