namespace Cinnabar.Seal.Custody;

/// <summary>How a trigger is to be taken at this moment.</summary>
internal enum Posture
{
    /// <summary>Never armed, or disarmed by the court: triggers are records.</summary>
    Disarmed,

    /// <summary>Armed, full answer.</summary>
    Armed,

    /// <summary>Inside the window of a grant: door and strip are records, siren and voice rest.</summary>
    Opening,

    /// <summary>Past the legal end: no legal basis for siren, voice or camera.</summary>
    Lapsed,
}
