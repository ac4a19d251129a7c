namespace Cinnabar.Seal.Keys;

/// <summary>What lstat says about a path.</summary>
/// <param name="Mode">st_mode: kind of file and permission bits.</param>
/// <param name="Owner">User id.</param>
internal readonly record struct FileIdentity(int Mode, uint Owner)
{
    private const int KindMask = 0xF000;

    public bool IsRegular => (Mode & KindMask) == 0x8000;

    public bool IsFolder => (Mode & KindMask) == 0x4000;

    public bool IsLink => (Mode & KindMask) == 0xA000;

    public int Permissions => Mode & 0xFFF;

    public string PermissionsText => Convert.ToString(Permissions, 8).PadLeft(4, '0');
}
