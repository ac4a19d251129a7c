namespace Cinnabar.Evidence.Verification;

/// <summary>What came of a step.</summary>
public enum PackStepOutcome
{
    /// <summary>All it looked at was right.</summary>
    Passed,

    /// <summary>It refused the pack.</summary>
    Refused,

    /// <summary>There was nothing to check: no roster was pinned, or the pack does not hold what the step is about.</summary>
    Skipped,

    /// <summary>An earlier step refused the pack.</summary>
    NotReached,
}
