using System.Text.Json.Serialization;

namespace Cinnabar.Station.Media;

/// <summary>What is known of the signature over pictures and video.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MediaState>))]
internal enum MediaState
{
    /// <summary>The seal's statement in the log vouches for exactly these bytes.</summary>
    [JsonStringEnumMemberName("signed")]
    Signed = 1,

    /// <summary>No statement speaks of these bytes yet.</summary>
    [JsonStringEnumMemberName("unsigned")]
    Unsigned = 2,

    /// <summary>The bytes are others than was stated; they are kept and shown as such, never as verified.</summary>
    [JsonStringEnumMemberName("mismatch")]
    Mismatch = 3,
}
