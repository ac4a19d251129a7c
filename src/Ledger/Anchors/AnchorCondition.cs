namespace Cinnabar.Ledger.Anchors;

/// <summary>How an engine does, as a page shows it. Numbers are stable and never reused.</summary>
public enum AnchorCondition
{
    /// <summary>Nothing is owed for long.</summary>
    Good = 0,

    /// <summary>It answers, and something has been owed for longer than <see cref="AnchorBookOptions.BehindAfter"/>.</summary>
    Behind = 1,

    /// <summary>It does not answer, or answers no. What is owed is kept and goes out later.</summary>
    Unreachable = 2,

    /// <summary>It is not believed any more: an operator looks at the alarm, then adopts an engine again.</summary>
    SetAside = 3,
}
