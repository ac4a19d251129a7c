using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cinnabar.Station.Media;

/// <summary>A text message to a viewer of the live picture: exactly one of its cases; docs/formats/api.md, Media.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Codec), "codec")]
[JsonDerivedType(typeof(Signature), "state")]
[JsonDerivedType(typeof(Lag), "lag")]
[JsonDerivedType(typeof(Offline), "offline")]
internal abstract record ViewerMessage
{
    private ViewerMessage()
    {
    }

    public string ToJson() => JsonSerializer.Serialize(this, MediaJson.Default.ViewerMessage);

    /// <summary>A stream begins; its initialisation segment follows.</summary>
    /// <param name="MimeCodec">As in RFC 6381, such as avc1.42C01E.</param>
    /// <param name="Stream">Number of the run of the seal's encoder within its boot.</param>
    internal sealed record Codec([property: JsonPropertyName("codec")] string MimeCodec, long Width, long Height, long Stream, MediaState State) : ViewerMessage;

    /// <summary>What may be said of the stream's signature changed.</summary>
    internal sealed record Signature(MediaState State) : ViewerMessage;

    /// <summary>The viewer was too slow and goes on at a key frame.</summary>
    /// <param name="Dropped">Frames that were left out.</param>
    internal sealed record Lag(int Dropped) : ViewerMessage;

    /// <summary>The seal sends no picture now.</summary>
    internal sealed record Offline : ViewerMessage;
}
