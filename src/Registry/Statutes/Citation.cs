using Cinnabar.Evidence;

namespace Cinnabar.Registry.Statutes;

/// <summary>An article of a statute in the version of a day.</summary>
/// <param name="Id">Version and article, such as CPL-2017:111.</param>
/// <param name="Text">Statute and article in words.</param>
/// <param name="Source">Which version, and since when.</param>
public sealed record Citation(string Id, BilingualText Text, string Source);
