using System.Collections.Concurrent;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Facts;

/// <summary>Which key may speak for whom, and which device for which seal, as the court's own statements say.</summary>
/// <remarks>
/// Holds imported keys, because importing one costs more than a verification. Changed only through
/// <see cref="Apply"/>, with statements of the court that are in the log or on their way there. Safe for concurrent use.
/// </remarks>
internal sealed class KeyRegister
{
    private readonly ConcurrentDictionary<Digest, KnownKey> _keys = new();
    private readonly ConcurrentDictionary<string, Digest> _newest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Issuer, string Subject), bool> _bound = new();

    /// <summary>Checks issuer and signature of a statement.</summary>
    /// <param name="refusal">Why not, in words for the log of the station.</param>
    public StatementVerdict TryVerify(Statement statement, out VerifiedStatement? verified, out string refusal)
    {
        verified = null;
        if (!_keys.TryGetValue(statement.KeyId, out var known))
        {
            refusal = $"No court statement vouches for key {statement.KeyId}.";
            return StatementVerdict.KeyMismatch;
        }

        if (known.Issuer != statement.Issuer || known.Revoked)
        {
            refusal = known.Revoked
                ? $"The key of {known.Issuer} is revoked."
                : $"The key belongs to {known.Issuer}, not to {statement.Issuer}.";
            return StatementVerdict.KeyMismatch;
        }

        var verdict = VerifiedStatement.TryVerify(statement, known.Key, out verified);
        refusal = verdict == StatementVerdict.Valid ? "" : $"The signature of {statement.Issuer} is wrong ({verdict}).";
        return verdict;
    }

    /// <summary>The newest key that speaks for an issuer, or null when there is none or it is revoked.</summary>
    public CoseKey? Find(string issuer) =>
        _newest.TryGetValue(issuer, out var thumbprint) && _keys[thumbprint] is { Revoked: false } known ? known.Key.PublicKey : null;

    /// <summary>Who the court once said a key belongs to, revoked or not; null for a key it never named.</summary>
    public string? HolderOf(Digest thumbprint) => _keys.TryGetValue(thumbprint, out var known) ? known.Issuer : null;

    /// <summary>True when the court enrolled the device for this seal, now or before: a journal may tell of both.</summary>
    public bool IsBound(string issuer, string sealNumber) => _bound.ContainsKey((issuer, sealNumber));

    /// <summary>Takes in a statement of the court about keys; every other statement changes nothing.</summary>
    /// <param name="statement">Verified by the caller, or signed by this station itself.</param>
    /// <exception cref="FormatException">A statement about keys without the members of docs/formats/kinds.md.</exception>
    public void Apply(Statement statement)
    {
        switch (statement.Kind)
        {
            case "court.genesis":
                Add(statement.Issuer, statement.Body["command_key"]);
                Add("station:" + statement.Body["code"].AsText(), statement.Body["station_key"]);
                break;
            case "device.enrolled":
                var device = "device:" + statement.Body["device"].AsText();
                Add(device, statement.Body["key"]);
                _bound[(device, statement.Subject)] = true;
                break;
            case "officer.enrolled":
                Add("officer:" + statement.Body["officer"].AsText(), statement.Body["key"]);
                break;
            case "device.revoked" when _keys.TryGetValue(statement.Body["key"].AsDigest(), out var known):
                _keys[known.Key.PublicKey.Thumbprint] = known with { Revoked = true };
                break;
        }
    }

    /// <summary>True for the statements that <see cref="Apply"/> heeds.</summary>
    public static bool IsAboutKeys(Statement statement) =>
        statement.Issuer.StartsWith("court:", StringComparison.Ordinal)
        && statement.Kind is ("court.genesis" or "device.enrolled" or "officer.enrolled" or "device.revoked");

    private void Add(string issuer, CborValue key)
    {
        var publicKey = CoseKey.FromCbor(key);
        var known = new KnownKey(issuer, new VerificationKey(publicKey), Revoked: false);
        if (_keys.TryAdd(publicKey.Thumbprint, known))
        {
            _newest[issuer] = publicKey.Thumbprint;
        }
        else
        {
            known.Key.Dispose();
        }
    }

    private sealed record KnownKey(string Issuer, VerificationKey Key, bool Revoked);
}
