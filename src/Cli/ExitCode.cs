namespace Cinnabar.Cli;

/// <summary>What the program answers to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Valid, sound, done.</summary>
    public const int Good = 0;

    /// <summary>Looked at and refused.</summary>
    public const int Refused = 1;

    /// <summary>Asked wrongly: an unknown option, a file that is not there or cannot be read, a roster that is none.</summary>
    public const int Usage = 2;

    /// <summary>Could not look: the other side does not answer.</summary>
    public const int Unreachable = 3;
}
