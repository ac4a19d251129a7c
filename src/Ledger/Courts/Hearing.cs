namespace Cinnabar.Ledger.Courts;

/// <summary>Which courts were heard since the start, before a court signs again.</summary>
/// <remarks>
/// A court whose disk was put back to an older state has forgotten what it signed; others may remember. It hears f+1 of them first,
/// at least one of whom is honest. Source: docs/design/ledger.md, "What a court keeps"; Sigsum's rule on restored witnesses.
/// Safe for concurrent use.
/// </remarks>
/// <param name="needed">How many.</param>
public sealed class Hearing(int needed)
{
    private readonly HashSet<string> _heard = new(StringComparer.Ordinal);

    /// <summary>What an epoch demands: f+1 others, or all there are.</summary>
    public static Hearing Of(CourtSeat seat)
    {
        ArgumentNullException.ThrowIfNull(seat);
        return new Hearing(Math.Min(seat.Epoch.Quorum.Liars + 1, seat.Epoch.Courts.Count - 1));
    }

    /// <summary>True when enough were heard.</summary>
    public bool IsEnough
    {
        get
        {
            lock (_heard)
            {
                return _heard.Count >= needed;
            }
        }
    }

    /// <summary>All heads that a court knows were taken in.</summary>
    public void Heard(string code)
    {
        lock (_heard)
        {
            _heard.Add(code);
        }
    }
}
