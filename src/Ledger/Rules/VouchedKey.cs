using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Ledger.Rules;

/// <summary>A key that may speak for somebody, because the court said so; imported when it is first needed, and once.</summary>
/// <remarks>Safe for concurrent use. The one place that knows which statement vouches for which key; source: docs/formats/kinds.md.</remarks>
internal sealed class VouchedKey(string issuer, CoseKey key) : IDisposable
{
    private readonly Lazy<VerificationKey> _ready = new(() => new VerificationKey(key));

    public string Issuer => issuer;

    public (string Issuer, Digest Thumbprint) Name => (issuer, key.Thumbprint);

    public VerificationKey Ready => _ready.Value;

    public void Dispose()
    {
        if (_ready.IsValueCreated)
        {
            _ready.Value.Dispose();
        }
    }

    /// <summary>The keys of a court's own account of itself.</summary>
    public static IReadOnlyList<VouchedKey> Of(CourtGenesis genesis) =>
        [new(genesis.CourtIssuer, genesis.CommandKey), new(genesis.StationIssuer, genesis.StationKey)];

    /// <summary>The key that an enrolment vouches for; null for every other statement, and for one that is not as kinds.md has it.</summary>
    public static VouchedKey? Of(Statement statement)
    {
        var name = statement.Kind switch { "device.enrolled" => "device", "officer.enrolled" => "officer", _ => null };
        if (name is null || statement.Body.TextOrNull(name) is not { } who || !statement.Body.TryGet("key", out var key))
        {
            return null;
        }

        try
        {
            return new VouchedKey($"{name}:{who}", CoseKey.FromCbor(key));
        }
        catch (FormatException)
        {
            // Vouches for nobody: what it should have vouched for is refused at its own place.
            return null;
        }
    }

    /// <summary>The thumbprint that a revocation names; null for every other statement.</summary>
    public static Digest? RevokedBy(Statement statement) =>
        statement.Kind == "device.revoked" && statement.Body.TryGet("key", out var key)
        && key.Kind == CborKind.Bytes && key.AsBytes().Length == Digest.LengthBytes ? key.AsDigest() : null;

    /// <summary>True for the kinds that later entries are judged by.</summary>
    public static bool IsMarked(string kind) =>
        kind is CourtGenesis.Kind or "device.enrolled" or "officer.enrolled" or "device.revoked" or BatchHeader.Kind;
}
