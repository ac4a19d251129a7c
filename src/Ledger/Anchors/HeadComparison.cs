namespace Cinnabar.Ledger.Anchors;

/// <summary>How another court's chain of blocks stands to ours. Numbers are stable and never reused.</summary>
public enum HeadComparison
{
    /// <summary>We have not come that far, or follow another engine: nothing can be said.</summary>
    Unknown = 0,

    /// <summary>The same blocks up to there.</summary>
    Same = 1,

    /// <summary>The engine showed us different records, or one of us says so falsely.</summary>
    Different = 2,
}
