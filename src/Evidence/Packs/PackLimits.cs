namespace Cinnabar.Evidence.Packs;

/// <summary>How large a pack may be. A pack has no compressed entries, so nothing in it grows when it is read.</summary>
public sealed record PackLimits
{
    /// <summary>The limits of docs/formats/pack.md.</summary>
    public static PackLimits Default { get; } = new();

    /// <summary>Most files. Default 20,000: about 9,000 statements with their receipts.</summary>
    public int FilesMax { get; init; } = 20_000;

    /// <summary>Longest pack in bytes. Default 2 GiB − 1, below which zip needs no extension.</summary>
    public long LengthMax { get; init; } = int.MaxValue;

    /// <summary>Longest document in bytes, such as the index or the manifest; these are read into memory. Default 16 MiB.</summary>
    public int DocumentLengthMax { get; init; } = 16 * 1024 * 1024;
}
