namespace Cinnabar.Station.Media;

/// <summary>What is known of the signature over pictures and video; the words of docs/formats/api.md.</summary>
internal static class MediaState
{
    /// <summary>The seal's statement in the log vouches for exactly these bytes.</summary>
    public const string Signed = "signed";

    /// <summary>No statement speaks of these bytes yet.</summary>
    public const string Unsigned = "unsigned";

    /// <summary>The bytes are others than was stated; they are kept and shown as such, never as verified.</summary>
    public const string Mismatch = "mismatch";
}
