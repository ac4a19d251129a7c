using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Uplink;

/// <summary>One message of either lane. Source: docs/formats/uplink.md, which gives the shape of each.</summary>
/// <remarks>Immutable; byte members are not copied and must not change.</remarks>
public abstract record UplinkMessage
{
    private protected UplinkMessage()
    {
    }

    /// <summary>The one encoding of this message.</summary>
    public byte[] Encode() => UplinkCodec.Encode(this);

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">The bytes are no message of this contract; the text says why.</exception>
    public static UplinkMessage Decode(ReadOnlySpan<byte> bytes) => UplinkCodec.Decode(bytes);
}

/// <summary>First message of the seal on either lane.</summary>
/// <param name="Version">Version of the contract, <see cref="UplinkLimits.Version"/>.</param>
/// <param name="Device">Device id.</param>
/// <param name="Boot">8 bytes, new at every start of the seal's program.</param>
/// <param name="Last">Last sequence number in the journal; 0 for an empty one.</param>
/// <param name="Program">Name and version of the program.</param>
public sealed record HelloMessage(long Version, string Device, ReadOnlyMemory<byte> Boot, long Last, string Program) : UplinkMessage;

/// <summary>A statement from the journal.</summary>
/// <param name="Sequence">Its sequence number, which the acknowledgement echoes.</param>
/// <param name="Statement">Its bytes.</param>
public sealed record StatementMessage(long Sequence, ReadOnlyMemory<byte> Statement) : UplinkMessage;

/// <summary>The seal lives.</summary>
/// <param name="Counter">Counts up within a connection.</param>
/// <param name="TimeMs">Device clock, milliseconds since 1970-01-01 UTC.</param>
/// <param name="State">Text keys; see uplink.md.</param>
public sealed record HeartbeatMessage(long Counter, long TimeMs, CborValue State) : UplinkMessage;

/// <summary>The station's answer to a hello.</summary>
/// <param name="TimeMs">Station clock, milliseconds since 1970-01-01 UTC.</param>
/// <param name="Acked">The seal goes on after this sequence number.</param>
/// <param name="HeartbeatMs">Time between heartbeats the station asks for.</param>
public sealed record WelcomeMessage(long TimeMs, long Acked, long HeartbeatMs) : UplinkMessage;

/// <summary>A statement is durable in the log.</summary>
public sealed record AckMessage(long Sequence, Digest Hash) : UplinkMessage;

/// <summary>A statement is refused for good; sending it unchanged again is pointless.</summary>
/// <param name="Sequence">The number it was sent with.</param>
/// <param name="Verdict">Number of a <c>StatementVerdict</c>.</param>
/// <param name="Text">Why.</param>
/// <param name="TimeMs">Station clock, so that a seal without one can set its own.</param>
public sealed record NakMessage(long Sequence, long Verdict, string Text, long TimeMs) : UplinkMessage;

/// <summary>A statement is understood, but cannot be taken now.</summary>
public sealed record CannotMessage(long Sequence, string Text, long RetryMs) : UplinkMessage;

/// <summary>Echo of a heartbeat.</summary>
public sealed record BeatMessage(long Counter, long TimeMs) : UplinkMessage;

/// <summary>A court-signed command, grant or settings document.</summary>
public sealed record CommandMessage(ReadOnlyMemory<byte> Statement) : UplinkMessage;

/// <summary>Close, and come back after this time.</summary>
public sealed record LaterMessage(long RetryMs) : UplinkMessage;

/// <summary>A still picture.</summary>
public sealed record PictureMessage(Digest Hash, string ContentType, ReadOnlyMemory<byte> Data) : UplinkMessage;

/// <summary>A piece of video.</summary>
/// <param name="Stream">Number of the encoder's run.</param>
/// <param name="Index">Counts up from 0 within the stream; the initialisation segment repeats the index of the fragment that follows it.</param>
/// <param name="Flags">See <see cref="FragmentMarks"/>.</param>
/// <param name="TimeMs">Device clock when the frame was captured, milliseconds since 1970-01-01 UTC.</param>
/// <param name="Data">The bytes whose SHA-256 stands in the manifest.</param>
public sealed record FragmentMessage(long Stream, long Index, FragmentMarks Flags, long TimeMs, ReadOnlyMemory<byte> Data) : UplinkMessage;

/// <summary>What follows for a stream.</summary>
/// <param name="Stream">Number of the encoder's run.</param>
/// <param name="Codec">Codec string for <c>video/mp4; codecs="…"</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record StreamMessage(long Stream, string Codec, long Width, long Height) : UplinkMessage;

/// <summary>A picture is stored.</summary>
public sealed record KeptMessage(Digest Hash) : UplinkMessage;

/// <summary>Recorded fragments need not be sent again: they are stored, or refused for good.</summary>
/// <param name="Stream">Number of the encoder's run.</param>
/// <param name="First">First index, 1…</param>
/// <param name="Last">Last index, not below <paramref name="First"/>; every recorded fragment between the two that was sent is meant.</param>
public sealed record FragmentsKeptMessage(long Stream, long First, long Last) : UplinkMessage;

/// <summary>Somebody watches, or nobody does any more.</summary>
public sealed record LiveMessage(bool On) : UplinkMessage;
