namespace Cinnabar.Seal.Custody;

/// <summary>The two-state sensors of the frame. <em>Active</em> is always the bad state: cut, open, off; or somebody is near.</summary>
internal enum SealInput
{
    Strip,
    Door,
    Cover,
    Wall,

    /// <summary>Somebody stands before the door. No contact of the frame: never an alarm, and nothing that is open.</summary>
    Approach,
}
