namespace Cinnabar.Registry.States;

/// <summary>What moves a seal from one legal state to the next; each is a fact in the log.</summary>
public enum LegalEvent
{
    /// <summary>A device was enrolled for the order.</summary>
    Issue = 1,

    /// <summary>The seal was mounted, with frame and baseline photo.</summary>
    Install = 2,

    /// <summary>The court armed it, first or again.</summary>
    Arm = 3,

    /// <summary>The court disarmed it for a time.</summary>
    Suspend = 4,

    /// <summary>Its last day has passed.</summary>
    Lapse = 5,

    /// <summary>A ruling lifted it.</summary>
    Lift = 6,

    /// <summary>The device was taken off the door.</summary>
    Remove = 7,
}
