using System.Buffers.Binary;

namespace Cinnabar.Seal.Camera;

/// <summary>
/// Cuts one fMP4 fragment per frame with no look-ahead (monitoring.md 4a): mfhd 16, tfhd 28, tfdt 20, trun 20, together a
/// moof of 100 bytes, and 8 bytes of mdat header. Not thread safe.
/// </summary>
/// <remarks>
/// A frame's duration is only known when the next one comes, and we do not wait for it. So each frame is given the interval
/// before it and placed on end of its predecessor: the media timeline has no gap, ends at the true time of the newest frame
/// and lags by one frame. A gap would make a browser drop everything to the next keyframe (W3C MSE, coded frame processing).
/// </remarks>
internal sealed class FragmentWriter
{
    /// <summary>Bytes of every moof.</summary>
    internal const int MoofBytes = 100;

    private const uint SyncFlags = 0x02000000;
    private const uint NonSyncFlags = 0x01010000;
    private const uint TicksPerMs = InitSegment.Timescale / 1000;

    // Beyond this a clock was set, not a frame late; the stream ends and a new one begins.
    private const uint JumpMsMax = 60_000;

    private readonly uint _nominalTicks;
    private uint _index;
    private uint _lastMs;
    private ulong _clock;
    private ulong _next;

    internal FragmentWriter(VideoStream stream, int framesPerSecond)
    {
        Stream = stream;
        _nominalTicks = InitSegment.Timescale / (uint)framesPerSecond;
    }

    internal VideoStream Stream { get; }

    /// <summary>Cuts the fragment of one frame.</summary>
    /// <exception cref="MediaFormatException">The first frame is no keyframe, a frame is reordered, or time jumped.</exception>
    internal VideoFragment Cut(FlvTag frame, CaptureTime captured)
    {
        if (_index == 0 && !frame.IsKey) throw new MediaFormatException("stream does not start with a keyframe", 0);
        if (frame.CompositionMs != 0) throw new MediaFormatException("frame is reordered (a B-frame), which a live seal never sends", _index);
        uint passed = _index == 0 ? 0 : unchecked(frame.TimestampMs - _lastMs);
        if (passed > JumpMsMax) throw new MediaFormatException($"time jumped by {passed} ms", _index);
        _lastMs = frame.TimestampMs;
        _clock += _index == 0 ? _nominalTicks : (ulong)passed * TicksPerMs;
        // Two frames in one millisecond: Safari wants a duration, so the second gets one tick (monitoring.md 4a).
        uint duration = _clock > _next ? (uint)(_clock - _next) : 1;
        byte[] bytes = Write(++_index, _next, duration, frame);
        _next += duration;
        return VideoFragment.Cut(Stream, _index, frame.IsKey, captured, bytes);
    }

    private static byte[] Write(uint index, ulong decodeTime, uint duration, FlvTag frame)
    {
        int size = frame.Data.Length;
        byte[] bytes = new byte[MoofBytes + 8 + size];
        int at = 0;
        void Word(uint value) => BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan((at += 4) - 4), value);
        void Box(uint length, ReadOnlySpan<byte> type)
        {
            Word(length);
            type.CopyTo(bytes.AsSpan((at += 4) - 4));
        }
        Box(MoofBytes, "moof"u8);
        Box(16, "mfhd"u8);
        Word(0);
        Word(index);
        Box(MoofBytes - 24, "traf"u8);
        Box(28, "tfhd"u8);
        Word(0x020038); // default-base-is-moof, and duration, size, flags for the one sample
        Word(InitSegment.TrackId);
        Word(duration);
        Word((uint)size);
        Word(frame.IsKey ? SyncFlags : NonSyncFlags);
        Box(20, "tfdt"u8);
        Word(0x01000000); // version 1: 64-bit time
        Word((uint)(decodeTime >> 32));
        Word((uint)(decodeTime & uint.MaxValue));
        Box(20, "trun"u8);
        Word(0x000001); // data offset present
        Word(1);
        Word(MoofBytes + 8);
        Box((uint)(8 + size), "mdat"u8);
        frame.Data.Span.CopyTo(bytes.AsSpan(at));
        return bytes;
    }
}
