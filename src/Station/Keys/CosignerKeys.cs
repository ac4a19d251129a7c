using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Cosigning;

namespace Cinnabar.Station.Keys;

/// <summary>The two keys with which this court cosigns other courts' logs in one epoch, and never in another.</summary>
/// <remarks>Owns the keys. Safe for concurrent use. Source: docs/formats/governance.md, section 4, step 4; docs/formats/cosignature.md.</remarks>
internal sealed class CosignerKeys : IDisposable
{
    private readonly long _epoch;

    private CosignerKeys(string dataDirectory, long epoch)
    {
        _epoch = epoch;
        Receipt = KeyFile.ReadSigner(PathOf(dataDirectory, epoch, "pem"));
        try
        {
            Note = KeyFile.ReadSeed(PathOf(dataDirectory, epoch, "seed"));
        }
        catch
        {
            Receipt.Dispose();
            throw;
        }
    }

    /// <summary>Signs what COSE receipts are cut from.</summary>
    public EcdsaSigningKey Receipt { get; }

    /// <summary>Signs the C2SP line.</summary>
    public Ed25519SigningKey Note { get; }

    /// <summary>True when both keys of the epoch are in the folder.</summary>
    public static bool Exist(string dataDirectory, long epoch) =>
        File.Exists(PathOf(dataDirectory, epoch, "pem")) && File.Exists(PathOf(dataDirectory, epoch, "seed"));

    /// <summary>Makes those of the two keys that are missing; what is there stays.</summary>
    public static void Create(string dataDirectory, long epoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        if (!File.Exists(PathOf(dataDirectory, epoch, "pem")))
        {
            KeyFile.Create(PathOf(dataDirectory, epoch, "pem"));
        }

        if (!File.Exists(PathOf(dataDirectory, epoch, "seed")))
        {
            KeyFile.CreateSeed(PathOf(dataDirectory, epoch, "seed"));
        }

        DurableFile.SyncFolder(StationKeys.Folder(dataDirectory));
    }

    /// <exception cref="FileNotFoundException">A key of this epoch is not in the folder.</exception>
    /// <exception cref="UnauthorizedAccessException">A key's file is open to group or others.</exception>
    public static CosignerKeys Open(string dataDirectory, long epoch) => Exist(dataDirectory, epoch)
        ? new CosignerKeys(dataDirectory, epoch)
        : throw new FileNotFoundException(
            $"{PathOf(dataDirectory, epoch, "pem")} and .seed, this court's cosigning keys of epoch {epoch}, are not both there. "
            + "Bring them back from the safe; without them this court cosigns again from the next epoch on.");

    /// <summary>What puts this court's lines under checkpoints; it uses these keys and ends with them.</summary>
    /// <param name="origin">Name of this court's own log.</param>
    public Cosigner ToCosigner(string origin) => new(origin, _epoch, Receipt, Note);

    public void Dispose()
    {
        Receipt.Dispose();
        Note.Dispose();
    }

    private static string PathOf(string dataDirectory, long epoch, string ending) => Path.Combine(
        StationKeys.Folder(dataDirectory), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"cosigner-{epoch}.{ending}"));
}
