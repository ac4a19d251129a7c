namespace Cinnabar.Evidence.Packs;

/// <summary>A statement as the manifest lists it.</summary>
/// <param name="Hash">Name of the statement.</param>
/// <param name="Index">Its index in the log, which its receipt proves.</param>
public sealed record PackManifestStatement(Digest Hash, long Index);
