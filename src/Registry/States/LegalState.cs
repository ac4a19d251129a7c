namespace Cinnabar.Registry.States;

/// <summary>Where a seal stands in law. What its device does is another field (design 2.10).</summary>
public enum LegalState
{
    /// <summary>Ordered by a ruling.</summary>
    Ordered = 1,

    /// <summary>A device is bound to the order.</summary>
    Issued = 2,

    /// <summary>Mounted on the door and recorded.</summary>
    Installed = 3,

    /// <summary>In force and watched.</summary>
    Armed = 4,

    /// <summary>In force, watching interrupted by the court.</summary>
    Suspended = 5,

    /// <summary>Expired without renewal: the effect is extinguished (SF 27).</summary>
    Lapsed = 6,

    /// <summary>Ended by a ruling (SF 28).</summary>
    Lifted = 7,

    /// <summary>The device is off the door.</summary>
    Removed = 8,
}
