namespace Cinnabar.Evidence.Governance;

/// <summary>How many courts must vouch.</summary>
/// <param name="Courts">n: how many courts there are, at least 1.</param>
/// <param name="Liars">f: how many of them may lie, have lost a key or were restored from an old backup, without two final histories.</param>
/// <remarks>
/// Flat: k of n distinct courts, nothing nested, because nested rules were satisfied by one signature elsewhere
/// (fabric-x-orderer #1069). "2f+1" is wrong for every n but 3f+1: with n = 5 and three cosignatures two histories become final
/// with one liar (test/models/finality.pml).
/// </remarks>
public readonly record struct Quorum(int Courts, int Liars)
{
    /// <summary>q = ⌊(n+f)/2⌋+1: two sets of q share more than f courts, so an honest one.</summary>
    public int Needed => ((Courts + Liars) / 2) + 1;

    /// <summary>The most liars that n courts are as a rule prepared for: ⌊(n−1)/3⌋.</summary>
    public static int LiarsOf(int courts) => (courts - 1) / 3;

    /// <summary>The rule for n courts.</summary>
    public static Quorum Of(int courts) => new(courts, LiarsOf(courts));

    /// <summary>True where f is no smaller than the rule and q courts exist: more liars may be borne for fewer silent ones, never the reverse.</summary>
    public bool IsSound => Courts >= 1 && Liars >= LiarsOf(Courts) && Liars < Math.Max(Courts, 1) && Needed <= Courts;
}
