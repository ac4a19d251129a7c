using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Evidence.Receipts;

/// <summary>Signs the roots of one log, so that receipts can be cut from them.</summary>
/// <remarks>
/// Signs whatever root it is given: that it is durable, and the only one for its size, is the duty of the caller.
/// As safe for concurrent use as the key it was given. Source: docs/formats/receipt.md.
/// </remarks>
public sealed class ReceiptIssuer
{
    private readonly SigningKey _key;
    private readonly byte[] _header;

    /// <summary>Takes the log's name and key; the key stays the caller's to dispose.</summary>
    /// <exception cref="ArgumentException">The origin is not one that <see cref="NoteKey.IsName"/> accepts.</exception>
    public ReceiptIssuer(string origin, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!NoteKey.IsName(origin))
        {
            throw new ArgumentException("An origin is not empty and has no spaces, control characters or '+'.", nameof(origin));
        }

        _key = key;
        _header = Header(origin, null, key.PublicKey.Thumbprint);
    }

    /// <summary>The protected header of every receipt by one issuer for one log.</summary>
    /// <param name="issuer">Name of the log, or of the cosigner that vouches for it.</param>
    /// <param name="log">Name of the log where another vouches; null where it vouches for itself.</param>
    /// <param name="kid">Thumbprint of the issuer's key.</param>
    internal static byte[] Header(string issuer, string? log, Digest kid) => CborValue.Map(
        (CoseSign1.AlgorithmLabel, CborValue.Integer(CoseSign1.Es256)),
        (ReceiptLabels.Kid, CborValue.Bytes(kid)),
        (ReceiptLabels.Claims, CborValue.Map(
            (ReceiptLabels.Issuer, CborValue.Text(issuer)), (ReceiptLabels.Subject, log is null ? null : CborValue.Text(log)))),
        (ReceiptLabels.DataStructure, CborValue.Integer(ReceiptLabels.Rfc9162Sha256))).Encode();

    /// <summary>Signs a root once; all receipts for a tree of that root share the signature.</summary>
    public SignedRoot Sign(Digest root) => new(root, _header, _key.Sign(CoseSign1.ToBeSigned(_header, root.ToArray())));
}
