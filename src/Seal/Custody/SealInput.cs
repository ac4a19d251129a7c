namespace Cinnabar.Seal.Custody;

/// <summary>The two-state sensors of the frame. <em>Active</em> is always the bad state: cut, open, off.</summary>
internal enum SealInput
{
    Strip,
    Door,
    Cover,
    Wall,
}
