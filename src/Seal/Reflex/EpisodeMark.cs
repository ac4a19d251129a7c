namespace Cinnabar.Seal.Reflex;

/// <summary>What is timed about a trigger.</summary>
[Flags]
internal enum EpisodeMark
{
    None = 0,

    /// <summary>The player took the siren's first samples.</summary>
    Siren = 1,

    /// <summary>The player took the voice's first samples.</summary>
    Voice = 2,

    /// <summary>The camera had a frame of it.</summary>
    Camera = 4,
    Signed = 8,

    /// <summary>On the disk.</summary>
    Journaled = 16,

    /// <summary>Given to the socket.</summary>
    Sent = 32,
}
