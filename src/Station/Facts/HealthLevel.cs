namespace Cinnabar.Station.Facts;

/// <summary>How well a part of the station does. The larger value is the worse one.</summary>
internal enum HealthLevel
{
    /// <summary>Works.</summary>
    Good,

    /// <summary>Works, but somebody should look.</summary>
    Degraded,

    /// <summary>Does not do its work.</summary>
    Failed,
}
