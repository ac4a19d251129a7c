namespace Cinnabar.Evidence.Verification;

/// <summary>What came of a step.</summary>
public enum PackStepOutcome
{
    /// <summary>All it looked at was right.</summary>
    Passed,

    /// <summary>It refused the pack.</summary>
    Refused,

    /// <summary>There was nothing to check it against: no roster was pinned.</summary>
    Skipped,

    /// <summary>An earlier step refused the pack.</summary>
    NotReached,
}
