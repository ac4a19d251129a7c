namespace Cinnabar.Uplink;

/// <summary>What a video fragment is.</summary>
[Flags]
public enum FragmentMarks
{
    /// <summary>A frame that needs the ones before it.</summary>
    None = 0,

    /// <summary>A key frame: a viewer may start here.</summary>
    Sync = 1,

    /// <summary>The initialisation segment of the stream.</summary>
    Init = 2,

    /// <summary>Belongs to an event and is to be kept.</summary>
    Recorded = 4,
}
