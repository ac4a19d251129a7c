namespace Cinnabar.Evidence.Statements;

/// <summary>Large data that a statement vouches for without carrying it (RFC 9995 hash envelope).</summary>
/// <param name="Digest">SHA-256 of the data; the statement's payload.</param>
/// <param name="ContentType">Media type of the data, label 259.</param>
/// <param name="Location">Where the data was kept when the statement was made, label 260, or null.</param>
public sealed record HashedData(Digest Digest, string ContentType, string? Location = null)
{
    /// <summary>Label of the hash algorithm of the payload; −16 is SHA-256.</summary>
    public const long AlgorithmLabel = 258;

    /// <summary>Label of the content type of the hashed data.</summary>
    public const long ContentTypeLabel = 259;

    /// <summary>Label of the location of the hashed data.</summary>
    public const long LocationLabel = 260;

    /// <summary>SHA-256 in the COSE algorithms registry.</summary>
    public const long Sha256 = -16;
}
