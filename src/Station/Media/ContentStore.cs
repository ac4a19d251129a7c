using System.Security.Cryptography;
using Cinnabar.Evidence;

namespace Cinnabar.Station.Media;

/// <summary>Files named by the SHA-256 of their bytes: pictures, rulings, exported packs.</summary>
/// <remarks>
/// A file is there whole or not at all: written aside, synced, then renamed. Nothing is ever overwritten, and what is
/// read is hashed again, so that a flipped bit on the disk is an error and not a picture. Safe for concurrent use.
/// </remarks>
internal sealed class ContentStore
{
    private readonly string _folder;

    public ContentStore(string dataDirectory)
    {
        _folder = Path.Combine(dataDirectory, "media");
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Keeps the bytes; doing it again changes nothing.</summary>
    public Digest Put(ReadOnlySpan<byte> bytes)
    {
        var digest = Digest.Of(bytes);
        var path = PathOf(digest);
        if (File.Exists(path))
        {
            return digest;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var aside = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.part";
        try
        {
            using (var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            // A full disk must not be filled further by what it did not take.
            File.Delete(aside);
            throw;
        }

        return digest;
    }

    /// <summary>Opens the file behind a digest for streaming, without hashing it; null when it is not here.</summary>
    public FileStream? TryOpen(Digest digest)
    {
        var path = PathOf(digest);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read) : null;
    }

    public bool Contains(Digest digest) => File.Exists(PathOf(digest));

    /// <summary>The bytes behind a digest, or null when they are not here.</summary>
    /// <exception cref="InvalidDataException">The disk gives back other bytes than were kept.</exception>
    public byte[]? TryRead(Digest digest)
    {
        var path = PathOf(digest);
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        return Digest.Of(bytes) == digest ? bytes : throw new InvalidDataException($"The file {digest} holds other bytes than were stored.");
    }

    /// <summary>A file on the same disk that nobody else can name; it is gone when it is closed, or when the station dies.</summary>
    public FileStream OpenScratch()
    {
        var path = Path.Combine(_folder, RandomNumberGenerator.GetHexString(16, lowercase: true) + ".scratch");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        File.Delete(path);
        return file;
    }

    private string PathOf(Digest digest)
    {
        var name = digest.ToString();
        return Path.Combine(_folder, name[..2], name);
    }
}
