using System.Security.Cryptography;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Seal.Keys;

/// <summary>
/// The folder with the device's own key and, under <c>pinned/</c>, what the court gave at enrolment. Nobody but the
/// account the seal runs under may enter it; where that does not hold, the seal refuses to start rather than sign with
/// a key that somebody may have copied.
/// </summary>
internal static class KeyFolder
{
    public const string KeyFileName = "device.key";
    public const string PinnedName = "pinned";

    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a new P-256 key on this device.</summary>
    /// <exception cref="KeyRefusedException">There is a key already, or the folder is not private.</exception>
    public static CoseKey Generate(string folder)
    {
        var path = Path.Combine(folder, KeyFileName);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, FolderMode);
        }

        RequirePrivateFolder(folder);
        if (HasKey(folder))
        {
            throw new KeyRefusedException($"{path}: there is a key already; a device has one key for its life.");
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        AtomicFile.Write(path, key.ExportPkcs8PrivateKey());
        return CoseKey.From(key);
    }

    /// <summary>True when something stands where the key belongs, be it fit for use or not.</summary>
    public static bool HasKey(string folder) => Path.Exists(Path.Combine(folder, KeyFileName));

    /// <summary>Reads the key; the caller owns the object.</summary>
    /// <exception cref="KeyRefusedException">Missing, malformed, or not private.</exception>
    public static ECDsa Load(string folder)
    {
        RequirePrivateFolder(folder);
        var path = Path.Combine(folder, KeyFileName);
        RequirePrivateFile(path);
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(File.ReadAllBytes(path), out _);
            CoseKey.From(key);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new KeyRefusedException($"{path}: no PKCS #8 private key on P-256.");
        }
    }

    /// <summary>The folder of pinned documents, made when it is missing.</summary>
    public static string Pinned(string folder)
    {
        RequirePrivateFolder(folder);
        var pinned = Path.Combine(folder, PinnedName);
        if (!Directory.Exists(pinned))
        {
            Directory.CreateDirectory(pinned, FolderMode);
        }

        RequirePrivateFolder(pinned);
        return pinned;
    }

    private static void RequirePrivateFolder(string folder)
    {
        var identity = Identify(folder);
        Require(identity.IsFolder, folder, identity.IsLink ? "is a symbolic link" : "is not a folder");
        RequireOwnerOnly(identity, folder, FolderMode);
    }

    private static void RequirePrivateFile(string path)
    {
        var identity = Identify(path);
        Require(identity.IsRegular, path, identity.IsLink ? "is a symbolic link" : "is not a regular file");
        RequireOwnerOnly(identity, path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static void RequireOwnerOnly(FileIdentity identity, string path, UnixFileMode widest)
    {
        Require(identity.Owner == Posix.EffectiveUser(), path, $"belongs to user {identity.Owner}, not to user {Posix.EffectiveUser()}");
        Require(
            (identity.Permissions & ~(int)widest) == 0,
            path, $"has permissions {identity.PermissionsText}, wider than {Convert.ToString((int)widest, 8).PadLeft(4, '0')}");
    }

    private static FileIdentity Identify(string path)
    {
        try
        {
            return Posix.Identify(path);
        }
        catch (IOException e)
        {
            throw new KeyRefusedException(e.Message);
        }
    }

    private static void Require(bool holds, string path, string what)
    {
        if (!holds)
        {
            throw new KeyRefusedException($"{path}: {what}.");
        }
    }
}
