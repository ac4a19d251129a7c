namespace Cinnabar.Registry.States;

/// <summary>The legal life of a seal as a table of transitions. Pure; what is not in it does not happen.</summary>
public static class LegalStates
{
    /// <summary>The state after an event, or null when the event cannot happen in this state.</summary>
    public static LegalState? Next(LegalState state, LegalEvent what) => (state, what) switch
    {
        (LegalState.Ordered, LegalEvent.Issue) => LegalState.Issued,

        // Another device may be bound, and the record of mounting corrected, until the seal is armed.
        (LegalState.Issued, LegalEvent.Issue) => LegalState.Issued,
        (LegalState.Issued or LegalState.Installed, LegalEvent.Install) => LegalState.Installed,
        (LegalState.Installed or LegalState.Suspended, LegalEvent.Arm) => LegalState.Armed,
        (LegalState.Armed, LegalEvent.Suspend) => LegalState.Suspended,

        // Time and the court end a seal in whatever state its device is.
        ( < LegalState.Lapsed, LegalEvent.Lapse) => LegalState.Lapsed,
        ( < LegalState.Lapsed, LegalEvent.Lift) => LegalState.Lifted,
        (LegalState.Lapsed or LegalState.Lifted, LegalEvent.Remove) => LegalState.Removed,
        _ => null,
    };

    /// <summary>True while the seal has legal effect.</summary>
    public static bool IsInForce(LegalState state) => state < LegalState.Lapsed;

    /// <summary>True where voice and camera have a legal basis: mounted, in force, not interrupted (design 2.10).</summary>
    public static bool MayWatch(LegalState state) => state == LegalState.Armed;
}
