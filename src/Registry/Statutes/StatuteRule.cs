namespace Cinnabar.Registry.Statutes;

/// <summary>Provisions that notices cite; their article numbers changed over the years (domain.md 3.1).</summary>
public enum StatuteRule
{
    /// <summary>Obstruction of proceedings: sealed property.</summary>
    Obstruction = 1,

    /// <summary>Limits of fine and detention.</summary>
    Penalty = 2,

    /// <summary>The court's power to seal.</summary>
    Power = 3,

    /// <summary>Who is called, and the inventory.</summary>
    Presence = 4,

    /// <summary>Longest periods.</summary>
    Periods = 5,

    /// <summary>Damaging the seal mark itself is obstruction.</summary>
    SealMark = 6,

    /// <summary>Effect ends with the period.</summary>
    Lapse = 7,

    /// <summary>Grounds on which a seal is lifted.</summary>
    Lifting = 8,

    /// <summary>The crime: serious acts against sealed property, never the strip alone.</summary>
    Crime = 9,
}
