namespace Cinnabar.Station.Packs;

/// <summary>A pack that was built and checked.</summary>
/// <param name="File">At its beginning; goes when it is disposed.</param>
/// <param name="Seal">The seal it is about.</param>
internal sealed record ExportedPack(FileStream File, string Seal);
