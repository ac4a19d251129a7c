using System.Security.Cryptography;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Cosigning;

namespace Cinnabar.Station.Keys;

/// <summary>A private key in a file that only its owner can read: PKCS #8 PEM, or the bare seed of an Ed25519 key.</summary>
internal static class KeyFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a new P-256 key; an existing file is never replaced.</summary>
    /// <exception cref="IOException">The file exists already.</exception>
    public static void Create(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write(path, System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>Makes a new Ed25519 key, as its 32 bytes of seed; an existing file is never replaced.</summary>
    /// <exception cref="IOException">The file exists already.</exception>
    public static void CreateSeed(string path) => Write(path, RandomNumberGenerator.GetBytes(Ed25519SigningKey.SeedLength));

    /// <summary>Reads a key; one that others may read is refused, because it may have been copied.</summary>
    /// <exception cref="UnauthorizedAccessException">The file is open to group or others.</exception>
    public static ECDsa Read(string path)
    {
        RefuseOpen(path);
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key;
    }

    /// <summary>Reads a key for signing statements.</summary>
    public static EcdsaSigningKey ReadSigner(string path) => new(Read(path));

    /// <summary>Reads an Ed25519 key.</summary>
    /// <exception cref="UnauthorizedAccessException">The file is open to group or others.</exception>
    /// <exception cref="InvalidDataException">The file is no seed.</exception>
    public static Ed25519SigningKey ReadSeed(string path)
    {
        RefuseOpen(path);
        var seed = File.ReadAllBytes(path);
        try
        {
            return seed.Length == Ed25519SigningKey.SeedLength
                ? new Ed25519SigningKey(seed)
                : throw new InvalidDataException($"{path} is no Ed25519 seed: {seed.Length} bytes, not {Ed25519SigningKey.SeedLength}.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private static void Write(string path, byte[] secret)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private,
        });
        file.Write(secret);
        file.Flush(flushToDisk: true);
    }

    private static void RefuseOpen(string path)
    {
        if ((File.GetUnixFileMode(path) & ~Private) != 0)
        {
            throw new UnauthorizedAccessException($"{path} holds a private key but others may read it. Run: chmod 600 '{path}'");
        }
    }
}
