namespace Cinnabar.Station.Console;

/// <summary>The log grew.</summary>
/// <param name="Root">Root hash of the tree of this size.</param>
internal sealed record LogHead(long Size, string Root);
