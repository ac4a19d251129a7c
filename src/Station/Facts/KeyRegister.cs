using System.Collections.Concurrent;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Facts;

/// <summary>Which key may speak for whom, as the court's own statements say.</summary>
/// <remarks>
/// Holds imported keys, because importing one costs more than a verification. Changed only through
/// <see cref="Apply"/>, with statements of the court that are in the log or on their way there. Safe for concurrent use.
/// </remarks>
internal sealed class KeyRegister
{
    private readonly ConcurrentDictionary<Digest, KnownKey> _keys = new();

    /// <summary>Checks form, issuer and signature of a statement.</summary>
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

    /// <summary>The key that speaks for an issuer, or null.</summary>
    public CoseKey? Find(string issuer) =>
        _keys.Values.FirstOrDefault(k => k.Issuer == issuer && !k.Revoked)?.Key.PublicKey;

    /// <summary>Takes in a statement of the court about keys; every other statement changes nothing.</summary>
    /// <param name="statement">Verified by the caller, or read back from the court's own log.</param>
    public void Apply(Statement statement)
    {
        switch (statement.Kind)
        {
            case "court.genesis":
                Add(statement.Issuer, statement.Body["command_key"]);
                Add("station:" + statement.Body["code"].AsText(), statement.Body["station_key"]);
                break;
            case "device.enrolled":
                Add("device:" + statement.Body["device"].AsText(), statement.Body["key"]);
                break;
            case "officer.enrolled":
                Add("officer:" + statement.Body["officer"].AsText(), statement.Body["key"]);
                break;
            case "device.revoked" when _keys.TryGetValue(statement.Body["key"].AsDigest(), out var known):
                _keys[known.Key.PublicKey.Thumbprint] = known with { Revoked = true };
                break;
        }
    }

    private void Add(string issuer, Evidence.Cbor.CborValue key)
    {
        var publicKey = CoseKey.FromCbor(key);
        _keys.TryAdd(publicKey.Thumbprint, new KnownKey(issuer, new VerificationKey(publicKey), Revoked: false));
    }

    private sealed record KnownKey(string Issuer, VerificationKey Key, bool Revoked);
}
