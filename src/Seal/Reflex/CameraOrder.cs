using Cinnabar.Evidence;
using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Reflex;

/// <summary>What the camera is told.</summary>
internal abstract record CameraOrder
{
    private CameraOrder()
    {
    }

    /// <summary>The legal basis holds: film.</summary>
    public sealed record PowerOn : CameraOrder;

    /// <summary>It holds no longer: stop at once.</summary>
    public sealed record PowerOff : CameraOrder;

    /// <summary>Keep and send the video from ten seconds before.</summary>
    public sealed record Record(Episode Episode) : CameraOrder;

    public sealed record EndRecording : CameraOrder;

    /// <summary>Choose pictures around a moment.</summary>
    public sealed record Stills(Episode? Episode, Moment At) : CameraOrder;

    /// <summary>Pictures that a command asks for; <paramref name="Command"/> stands as their trigger.</summary>
    public sealed record PicturesAsked(Digest Command, Moment At) : CameraOrder;
}
