namespace Cinnabar.Seal.Camera;

/// <summary>
/// The ftyp and moov of one encoder start. The duration is unknown on purpose: mvhd says 0 and there is no mehd, which is
/// what puts Chromium into its low-delay mode (monitoring.md 4c.5).
/// </summary>
internal static class InitSegment
{
    internal const uint TrackId = 1;
    internal const uint Timescale = 90_000;

    internal static byte[] Write(AvcConfiguration avc)
    {
        BoxWriter writer = new(1024);
        writer.Box("ftyp"u8, w =>
        {
            w.Bytes("iso5"u8);
            w.UInt32(512);
            w.Bytes("iso5iso6mp41"u8);
        });
        writer.Box("moov"u8, w =>
        {
            w.FullBox("mvhd"u8, 0, MovieHeader);
            w.Box("trak"u8, t => Track(t, avc));
            w.Box("mvex"u8, x => x.FullBox("trex"u8, 0, Defaults));
        });
        return writer.ToArray();
    }

    private static void MovieHeader(BoxWriter w)
    {
        w.Zeros(8); // creation and modification: the signed manifests carry the time
        w.UInt32(Timescale);
        w.UInt32(0); // duration unknown
        w.UInt32(0x00010000); // rate 1.0
        w.UInt16(0x0100); // volume 1.0
        w.Zeros(10);
        Matrix(w);
        w.Zeros(24);
        w.UInt32(TrackId + 1);
    }

    private static void Matrix(BoxWriter w)
    {
        w.UInt32(0x00010000);
        w.Zeros(12);
        w.UInt32(0x00010000);
        w.Zeros(12);
        w.UInt32(0x40000000);
    }

    private static void Track(BoxWriter w, AvcConfiguration avc)
    {
        w.FullBox("tkhd"u8, 3, h => // enabled, in movie
        {
            h.Zeros(8);
            h.UInt32(TrackId);
            h.Zeros(4);
            h.UInt32(0); // duration unknown
            h.Zeros(16); // reserved, layer, group, volume
            Matrix(h);
            h.UInt32((uint)avc.Width << 16);
            h.UInt32((uint)avc.Height << 16);
        });
        w.Box("mdia"u8, m =>
        {
            m.FullBox("mdhd"u8, 0, h =>
            {
                h.Zeros(8);
                h.UInt32(Timescale);
                h.UInt32(0);
                h.UInt16(0x55C4); // "und"
                h.UInt16(0);
            });
            m.FullBox("hdlr"u8, 0, h =>
            {
                h.Zeros(4);
                h.Bytes("vide"u8);
                h.Zeros(12);
                h.Bytes("Cinnabar\0"u8);
            });
            m.Box("minf"u8, i => MediaInformation(i, avc));
        });
    }

    private static void MediaInformation(BoxWriter w, AvcConfiguration avc)
    {
        w.FullBox("vmhd"u8, 1, h => h.Zeros(8));
        w.Box("dinf"u8, d => d.FullBox("dref"u8, 0, r =>
        {
            r.UInt32(1);
            r.FullBox("url "u8, 1); // the media is in this file
        }));
        w.Box("stbl"u8, s =>
        {
            s.FullBox("stsd"u8, 0, e =>
            {
                e.UInt32(1);
                e.Box("avc1"u8, a => SampleEntry(a, avc));
            });
            s.FullBox("stts"u8, 0, e => e.UInt32(0));
            s.FullBox("stsc"u8, 0, e => e.UInt32(0));
            s.FullBox("stsz"u8, 0, e => e.Zeros(8));
            s.FullBox("stco"u8, 0, e => e.UInt32(0));
        });
    }

    private static void SampleEntry(BoxWriter w, AvcConfiguration avc)
    {
        w.Zeros(6);
        w.UInt16(1); // data reference
        w.Zeros(16);
        w.UInt16(avc.Width);
        w.UInt16(avc.Height);
        w.UInt32(0x00480000); // 72 dpi
        w.UInt32(0x00480000);
        w.Zeros(4);
        w.UInt16(1); // one frame a sample
        w.Zeros(32); // compressor name
        w.UInt16(24); // depth
        w.UInt16(0xFFFF);
        w.Box("avcC"u8, c => c.Bytes(avc.Record.Span));
    }

    private static void Defaults(BoxWriter w)
    {
        w.UInt32(TrackId);
        w.UInt32(1); // sample description
        w.Zeros(12); // every moof states duration, size and flags itself
    }
}
