using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Packs;

/// <summary>Limits of exported evidence packs; section "Packs".</summary>
internal sealed class PacksOptions
{
    /// <summary>Time before the trigger that a pack reaches back. Default 60 s.</summary>
    public TimeSpan Before { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Statements in one pack; a larger one is refused with 413. Default 9,000: with receipts just below the format's 20,000 files.</summary>
    [Range(1, 9_000)]
    public int StatementsMax { get; set; } = 9_000;

    /// <summary>Bytes of statements in one pack, which are held in memory. Default 64 MiB.</summary>
    [Range(1, int.MaxValue)]
    public long StatementBytesMax { get; set; } = 64L * 1024 * 1024;

    /// <summary>Bytes of pictures, clips and documents in one pack. Default 1 GiB; the format ends at 2 GiB.</summary>
    [Range(1, 2_000_000_000)]
    public long OriginalBytesMax { get; set; } = 1024L * 1024 * 1024;

    /// <summary>Packs built at a time; others wait. Default 2.</summary>
    [Range(1, 64)]
    public int ConcurrentMax { get; set; } = 2;
}
