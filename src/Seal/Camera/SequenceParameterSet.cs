namespace Cinnabar.Seal.Camera;

/// <summary>
/// What we need from an H.264 sequence parameter set (7.3.2.1.1, annex E): picture size, and whether it says that
/// decoding order is display order. A hardware decoder that is not told so waits for a full picture buffer, over a
/// second at 15 frames a second (monitoring.md 4c.1).
/// </summary>
internal sealed class SequenceParameterSet
{
    private static readonly uint[] HighProfiles = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

    private readonly byte[] _payload;
    private int _vuiFlagAt;
    private int _restrictionFlagAt = -1;
    private uint _referenceFrames;
    private uint? _reorderFrames;

    private SequenceParameterSet(byte[] payload) => _payload = payload;

    /// <summary>Picture width in pixels after cropping.</summary>
    internal int Width { get; private set; }

    /// <summary>Picture height in pixels after cropping.</summary>
    internal int Height { get; private set; }

    /// <summary>True when the set itself says that no picture is reordered.</summary>
    internal bool SaysNoReordering => _reorderFrames == 0;

    /// <summary>Reads a set.</summary>
    /// <param name="nal">The whole NAL unit, with its header byte.</param>
    /// <exception cref="MediaFormatException">It is no sequence parameter set or is malformed.</exception>
    internal static SequenceParameterSet Parse(ReadOnlySpan<byte> nal)
    {
        if (nal.Length < 5 || (nal[0] & 0x9F) != 7) throw new MediaFormatException("H.264 unit is no sequence parameter set", 0);
        SequenceParameterSet set = new(Unescape(nal));
        BitReader bits = new(set._payload);
        set.ReadBody(ref bits);
        return set;
    }

    /// <summary>The same set, saying <c>max_num_reorder_frames = 0</c>. Only true for a stream without B-frames.</summary>
    internal byte[] WithoutReordering()
    {
        BitWriter writer = new();
        int keep = _restrictionFlagAt >= 0 ? _restrictionFlagAt : _vuiFlagAt;
        for (int i = 0; i < keep; i++) writer.Bit(((_payload[i / 8] >> (7 - (i % 8))) & 1) == 1);
        if (_restrictionFlagAt < 0)
        {
            writer.Bit(true); // vui_parameters_present_flag, then eight parts of the VUI that are absent
            for (int i = 0; i < 8; i++) writer.Bit(false);
        }
        writer.Bit(true); // bitstream_restriction_flag
        writer.Bit(true); // motion_vectors_over_pic_boundaries_flag: the value inferred when absent
        writer.Unsigned(0); // max_bytes_per_pic_denom: no limit
        writer.Unsigned(0); // max_bits_per_mb_denom: no limit
        writer.Unsigned(15); // log2_max_mv_length_horizontal: the value inferred when absent
        writer.Unsigned(15);
        writer.Unsigned(0); // max_num_reorder_frames
        writer.Unsigned(Math.Max(1, _referenceFrames)); // max_dec_frame_buffering: never below max_num_ref_frames (E.2.1)
        return writer.Finish();
    }

    private void ReadBody(ref BitReader bits)
    {
        bits.Skip(8); // NAL header
        uint profile = bits.Bits(8);
        bits.Skip(16); // constraint flags, level
        bits.Unsigned(31);
        uint chroma = HighProfiles.Contains(profile) ? ReadChroma(ref bits) : 1;
        bits.Unsigned(12); // log2_max_frame_num_minus4
        ReadOrderCount(ref bits);
        _referenceFrames = bits.Unsigned(16);
        bits.Skip(1);
        uint widthUnits = bits.Unsigned(511) + 1;
        uint heightUnits = bits.Unsigned(511) + 1;
        bool frames = bits.Flag();
        if (!frames) bits.Skip(1);
        bits.Skip(1); // direct_8x8_inference_flag
        ReadSize(ref bits, chroma, widthUnits * 16, heightUnits * (frames ? 16u : 32u), frames);
        _vuiFlagAt = bits.Position;
        if (bits.Flag()) ReadVui(ref bits);
    }

    private static uint ReadChroma(ref BitReader bits)
    {
        uint chroma = bits.Unsigned(3);
        if (chroma == 3) bits.Skip(1);
        bits.Unsigned(6);
        bits.Unsigned(6);
        bits.Skip(1);
        if (!bits.Flag()) return chroma;
        for (int list = 0; list < (chroma == 3 ? 12 : 8); list++)
        {
            if (bits.Flag()) SkipScalingList(ref bits, list < 6 ? 16 : 64);
        }
        return chroma;
    }

    private static void SkipScalingList(ref BitReader bits, int size)
    {
        int last = 8, next = 8;
        for (int i = 0; i < size; i++)
        {
            if (next != 0) next = (last + (bits.Signed() % 256) + 256) % 256;
            if (next != 0) last = next;
        }
    }

    private static void ReadOrderCount(ref BitReader bits)
    {
        uint type = bits.Unsigned(2);
        if (type == 0) bits.Unsigned(12);
        if (type != 1) return;
        bits.Skip(1);
        bits.Signed();
        bits.Signed();
        uint cycle = bits.Unsigned(255);
        for (uint i = 0; i < cycle; i++) bits.Signed();
    }

    private void ReadSize(ref BitReader bits, uint chroma, uint width, uint height, bool frames)
    {
        uint left = 0, right = 0, top = 0, bottom = 0;
        if (bits.Flag())
        {
            left = bits.Unsigned();
            right = bits.Unsigned();
            top = bits.Unsigned();
            bottom = bits.Unsigned();
        }
        // 7-19 to 7-22: crop units follow the chroma format, and double for field coding.
        uint unitX = chroma is 1 or 2 ? 2u : 1u;
        uint unitY = (chroma == 1 ? 2u : 1u) * (frames ? 1u : 2u);
        long cropX = (long)unitX * (left + right), cropY = (long)unitY * (top + bottom);
        if (cropX >= width || cropY >= height) throw new MediaFormatException("H.264 cropping leaves no picture", bits.Position / 8);
        Width = (int)(width - cropX);
        Height = (int)(height - cropY);
    }

    private void ReadVui(ref BitReader bits)
    {
        if (bits.Flag() && bits.Bits(8) == 255) bits.Skip(32); // aspect ratio, extended
        if (bits.Flag()) bits.Skip(1); // overscan
        if (bits.Flag())
        {
            bits.Skip(4); // video format, full range
            if (bits.Flag()) bits.Skip(24); // colour description
        }
        if (bits.Flag())
        {
            bits.Unsigned(5);
            bits.Unsigned(5);
        }
        if (bits.Flag()) bits.Skip(65); // timing
        bool nal = bits.Flag();
        if (nal) SkipHrd(ref bits);
        bool vcl = bits.Flag();
        if (vcl) SkipHrd(ref bits);
        if (nal || vcl) bits.Skip(1); // low_delay_hrd_flag
        bits.Skip(1); // pic_struct_present_flag
        _restrictionFlagAt = bits.Position;
        if (!bits.Flag()) return;
        bits.Skip(1);
        for (int i = 0; i < 4; i++) bits.Unsigned(16);
        _reorderFrames = bits.Unsigned(16);
    }

    private static void SkipHrd(ref BitReader bits)
    {
        uint count = bits.Unsigned(31) + 1;
        bits.Skip(8);
        for (uint i = 0; i < count; i++)
        {
            bits.Unsigned(uint.MaxValue);
            bits.Unsigned(uint.MaxValue);
            bits.Skip(1);
        }
        bits.Skip(20);
    }

    private static byte[] Unescape(ReadOnlySpan<byte> nal)
    {
        List<byte> payload = new(nal.Length);
        int zeros = 0;
        foreach (byte b in nal)
        {
            if (zeros >= 2 && b == 3)
            {
                zeros = 0;
                continue;
            }
            payload.Add(b);
            zeros = b == 0 ? zeros + 1 : 0;
        }
        return [.. payload];
    }
}
