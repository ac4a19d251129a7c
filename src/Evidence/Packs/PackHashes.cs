using System.Security.Cryptography;

namespace Cinnabar.Evidence.Packs;

/// <summary>What a file hashes to.</summary>
/// <param name="Whole">SHA-256 of all of it.</param>
/// <param name="Parts">SHA-256 of each part.</param>
/// <param name="Crc">CRC-32 of all of it.</param>
public sealed record PackHashes(Digest Whole, IReadOnlyList<Digest> Parts, uint Crc)
{
    /// <summary>Reads as many bytes as the parts have from where the stream stands.</summary>
    internal static PackHashes Of(Stream stream, IReadOnlyList<long> parts, byte[] buffer)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var part = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var digests = new Digest[parts.Count];
        var crc = 0u;
        for (var i = 0; i < parts.Count; i++)
        {
            for (var left = parts[i]; left > 0;)
            {
                var chunk = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
                stream.ReadExactly(chunk);
                whole.AppendData(chunk);
                part.AppendData(chunk);
                crc = Crc32.Append(crc, chunk);
                left -= chunk.Length;
            }

            digests[i] = new Digest(part.GetHashAndReset());
        }

        return new PackHashes(new Digest(whole.GetHashAndReset()), digests, crc);
    }
}
