using System.Security.Cryptography;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Station.Keys;

/// <summary>A private key in a PKCS #8 PEM file that only its owner can read.</summary>
internal static class KeyFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a new P-256 key; an existing file is never replaced.</summary>
    /// <exception cref="IOException">The file exists already.</exception>
    public static void Create(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private,
        });
        file.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads a key; one that others may read is refused, because it may have been copied.</summary>
    /// <exception cref="UnauthorizedAccessException">The file is open to group or others.</exception>
    public static ECDsa Read(string path)
    {
        if ((File.GetUnixFileMode(path) & ~Private) != 0)
        {
            throw new UnauthorizedAccessException($"{path} holds a private key but others may read it. Run: chmod 600 '{path}'");
        }

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key;
    }

    /// <summary>Reads a key for signing statements.</summary>
    public static EcdsaSigningKey ReadSigner(string path) => new(Read(path));
}
