using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;

namespace Cinnabar.Evidence.Verification;

/// <summary>Which courts made a checkpoint final, and which of them the verifier knows.</summary>
/// <remarks>Immutable. Source: docs/formats/pack.md, section 5.</remarks>
public sealed record PackFinality
{
    private PackFinality(VouchedCheckpoint vouched, IReadOnlyList<CourtVoice> courts)
    {
        Epoch = vouched.Epoch;
        Size = vouched.Checkpoint.Size;
        MedianTimeSeconds = vouched.MedianTimeSeconds;
        Courts = courts;
    }

    /// <summary>The epoch in which it became final.</summary>
    public Epoch Epoch { get; }

    /// <summary>Number of entries vouched for.</summary>
    public long Size { get; }

    /// <summary>Median of the cosigners' clocks, seconds since 1970-01-01 UTC; null when nobody vouches.</summary>
    public long? MedianTimeSeconds { get; }

    /// <summary>Every court of the epoch, in its order.</summary>
    public IReadOnlyList<CourtVoice> Courts { get; }

    /// <summary>How many vouch.</summary>
    public int Voices => Courts.Count(c => c.TimeSeconds is not null);

    /// <summary>How many of those the verifier knows.</summary>
    public int KnownVoices => Courts.Count(c => c.TimeSeconds is not null && c.Standing == CourtStanding.Known);

    /// <summary>Looks at each court of the epoch in which a checkpoint is vouched for.</summary>
    /// <param name="vouched">Who vouches.</param>
    /// <param name="log">The governance log that the epoch stands in.</param>
    /// <param name="pinned">The courts that the verifier believes in; null for none.</param>
    public static PackFinality Of(VouchedCheckpoint vouched, GovernanceLog log, CourtRoster? pinned)
    {
        ArgumentNullException.ThrowIfNull(vouched);
        ArgumentNullException.ThrowIfNull(log);
        var times = vouched.Vouchers.ToDictionary(v => v.Court.Origin, v => v.TimeSeconds, StringComparer.Ordinal);
        return new PackFinality(vouched, [.. vouched.Epoch.Courts.Select(c => new CourtVoice(
            c, StandingOf(c, vouched.Epoch, log, pinned), times.TryGetValue(c.Origin, out var time) ? time : null))]);
    }

    private static CourtStanding StandingOf(CourtMember court, Epoch epoch, GovernanceLog log, CourtRoster? pinned)
    {
        if (pinned?.Find(court.Origin) is not { } genesis || genesis.Statement.Hash != court.Genesis)
        {
            return CourtStanding.SelfDeclared;
        }

        // From the pinned key on, each epoch that the court agreed to hands on to the key that it has there.
        HashSet<Digest> keys = [genesis.CommandKey.Thumbprint];
        var agreed = false;
        foreach (var earlier in log.Epochs.Where(e => e.Number <= epoch.Number))
        {
            agreed = log.ApprovalsOf(earlier).Any(a => a.Issuer == genesis.CourtIssuer && keys.Contains(a.KeyId));
            if (agreed && earlier.Find(court.Origin) is { } member)
            {
                keys.Add(member.ApprovalKey.Thumbprint);
            }
        }

        return agreed ? CourtStanding.Known : CourtStanding.Unproven;
    }
}
