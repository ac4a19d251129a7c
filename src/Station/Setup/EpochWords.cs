using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Station.Setup;

/// <summary>Epochs and members in words, for the person who is to agree to them.</summary>
internal static class EpochWords
{
    private static readonly (string Role, Func<CourtMember, string> Value)[] s_fields =
    [
        ("code", c => Safe(c.Code)), ("name", c => Safe(c.Name.Zh)), ("name_en", c => Safe(c.Name.En)), ("origin", c => Safe(c.Origin)),
        ("genesis", c => c.Genesis.ToString()), ("endpoint", c => Safe(c.Endpoint)), ("link_key", c => c.LinkKey.ToString()),
        ("log_key", c => Thumbprint(c.LogKey)), ("approval_key", c => Thumbprint(c.ApprovalKey)),
    ];

    private static readonly (string Role, Func<CourtMember, string> Value)[] s_epochKeys =
    [
        ("cosigner_key", c => Thumbprint(c.CosignerKey)), ("cosigner_note_key", c => Convert.ToHexStringLower(c.CosignerNoteKey.Span)),
    ];

    /// <summary>Everything that an epoch says.</summary>
    public static void Write(Epoch epoch, TextWriter said)
    {
        var (n, q) = (epoch.Quorum.Courts, epoch.Quorum.Needed);
        said.WriteLine($"Epoch {epoch.Number}, document {epoch.Hash}");
        said.WriteLine($"  to read out: {CourtGenesis.FingerprintOf(epoch.Hash)}");
        said.WriteLine(epoch.Number == 1 ? "  the first epoch" : $"  follows {epoch.Previous}");
        said.WriteLine($"  n {n}, f {epoch.Quorum.Liars}, q {q}: an entry is final with {q} courts; {n - q} may be silent, and with up to {(2 * q) - n - 1} that lie no two histories are final");
        said.WriteLine($"  a batch's time may be {epoch.ClockMsMax} ms from a court's clock");
        foreach (var court in epoch.Courts)
        {
            WriteCourt(court, said);
        }

        foreach (var key in epoch.RevokedKeys)
        {
            said.WriteLine($"  revoked: {key}");
        }

        foreach (var log in epoch.Logs)
        {
            said.WriteLine($"  goes on with {Safe(log.Origin)} from {log.Size} entries, root {log.Root}");
        }
    }

    /// <summary>A court's own account of itself.</summary>
    public static void Write(CourtMember member, TextWriter said)
    {
        var hash = Digest.Of(member.Encode());
        said.WriteLine($"Member document {hash}");
        said.WriteLine($"  to read out: {CourtGenesis.FingerprintOf(hash)}");
        WriteCourt(member, said);
    }

    /// <summary>What an epoch changes of the one before; nothing for the first.</summary>
    public static void WriteChanges(Epoch? before, Epoch after, TextWriter said)
    {
        foreach (var change in before is null ? [] : Changes(before, after))
        {
            said.WriteLine($"  changed: {change}");
        }
    }

    /// <summary>The members in which two accounts of one court are not the same.</summary>
    public static IEnumerable<string> Differences(CourtMember one, CourtMember other) =>
        s_fields.Concat(s_epochKeys).Where(f => f.Value(one) != f.Value(other)).Select(f => f.Role);

    /// <summary>Text from a file, with what could mislead a reader (reversed writing, invisible characters) made visible.</summary>
    public static string Safe(string text) => text.Any(CborDiagnostic.Misleads) ? CborDiagnostic.Quote(text) : text;

    private static IEnumerable<string> Changes(Epoch before, Epoch after)
    {
        foreach (var gone in before.Courts.Where(c => after.Find(c.Origin) is null))
        {
            yield return $"{Safe(gone.Code)} with {Safe(gone.Origin)} leaves";
        }

        foreach (var court in after.Courts)
        {
            if (before.Find(court.Origin) is not { } old)
            {
                yield return $"{Safe(court.Code)} with {Safe(court.Origin)} comes in";
                continue;
            }

            foreach (var (role, value) in s_fields.Where(f => f.Value(old) != f.Value(court)))
            {
                yield return $"{Safe(court.Code)}: {role} was {value(old)}, becomes {value(court)}";
            }
        }

        if (before.Quorum != after.Quorum)
        {
            yield return $"n {before.Quorum.Courts}, f {before.Quorum.Liars}, q {before.Quorum.Needed} become {after.Quorum.Courts}, {after.Quorum.Liars}, {after.Quorum.Needed}";
        }

        if (before.ClockMsMax != after.ClockMsMax)
        {
            yield return $"clock_ms was {before.ClockMsMax}, becomes {after.ClockMsMax}";
        }

        foreach (var key in after.RevokedKeys.Except(before.RevokedKeys))
        {
            yield return $"{key} is revoked";
        }

        foreach (var key in before.RevokedKeys.Except(after.RevokedKeys))
        {
            yield return $"{key} is REVOKED NO MORE";
        }
    }

    private static void WriteCourt(CourtMember court, TextWriter said)
    {
        said.WriteLine($"  {Safe(court.Code)} {Safe(court.Name.Zh)} ({Safe(court.Name.En)})");
        foreach (var (role, value) in s_fields.Skip(3).Concat(s_epochKeys))
        {
            said.WriteLine($"    {role,-18}{value(court)}");
        }
    }

    private static string Thumbprint(CoseKey key) => key.Thumbprint.ToString();
}
