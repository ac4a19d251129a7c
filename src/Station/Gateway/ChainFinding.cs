namespace Cinnabar.Station.Gateway;

/// <summary>What the place of a statement in its device's chain says.</summary>
internal enum ChainFinding
{
    /// <summary>The next one.</summary>
    Next,

    /// <summary>Sequence numbers are missing before it.</summary>
    Gap,

    /// <summary>Its number was used before, its predecessor is another statement than the one we hold, or its boot came back.</summary>
    Fork,

    /// <summary>One we have had before: sent again because the acknowledgement was lost or not given.</summary>
    Again,
}
