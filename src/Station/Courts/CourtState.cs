namespace Cinnabar.Station.Courts;

/// <summary>How a court looks from another one. The first that holds is told.</summary>
internal enum CourtState
{
    /// <summary>It signed two histories of its log, and the evidence is here.</summary>
    Forked = 1,

    /// <summary>Its log is sealed in this epoch: nothing more of it becomes final.</summary>
    Sealed = 2,

    /// <summary>Nothing was heard of it for longer than a round may take.</summary>
    Silent = 3,

    /// <summary>It answers, and refuses to vouch, or what it sends is refused here.</summary>
    Refused = 4,

    /// <summary>It answers, and holds less of some log than is final.</summary>
    Lagging = 5,

    /// <summary>It watches and is watched.</summary>
    Good = 6,
}
