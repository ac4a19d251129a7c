namespace Cinnabar.Station.Anchors;

/// <summary>How the anchor engine does, as a page shows it.</summary>
internal enum AnchorEngineState
{
    /// <summary>There is none: nothing is anchored.</summary>
    None = 1,

    /// <summary>Nothing is owed for long.</summary>
    Good = 2,

    /// <summary>It answers, and something has been owed for too long.</summary>
    Behind = 3,

    /// <summary>It does not answer, answers no, or cannot be opened. What is owed is kept and goes out later.</summary>
    Unreachable = 4,

    /// <summary>It showed what no honest engine can, and is not believed until an administrator adopts it.</summary>
    SetAside = 5,
}
