using System.Text;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Shared;

/// <summary>One strip cut, from the order to the acknowledgement, with ruling, picture and clip.</summary>
public sealed class SampleCase
{
    public SampleCase()
    {
        Court.EnrolDevice();
        Court.EnrolOfficer();
        Court.FromCourt("order.issued", CborValue.Map(
            ("case", CborValue.Text("(2026)示0101执1号")),
            ("ruling", CborValue.Map(("hash", CborValue.Bytes(Digest.Of(Ruling))), ("name", CborValue.Text("裁定书.pdf"))))));
        Court.FromCourt("order.armed", CborValue.Map(("reason", CborValue.Text("installed"))));
        Court.FromDevice("device.started", CborValue.Map(("version", CborValue.Text("1.0")), ("journal", CborValue.Text("new"))));
        Cut = Court.FromDevice("strip.cut", CborValue.Map(
            ("level", CborValue.Integer(3)), ("reading", CborValue.Map(("input", CborValue.Text("loop")))), ("edge", CborValue.Integer(Court.NowMs - 5))));
        Still = Court.FromDevice("media.still", CborValue.Map(
            ("trigger", CborValue.Bytes(Cut.Hash)), ("offset_ms", CborValue.Integer(-400)), ("width", CborValue.Integer(640)),
            ("height", CborValue.Integer(360)), ("thumbnail", CborValue.Boolean(false))), new HashedData(Digest.Of(Picture), "image/jpeg"));
        Manifest = Court.FromDevice("media.manifest", CborValue.Map(
            ("stream", CborValue.Integer(1)), ("init", CborValue.Bytes(Digest.Of(Init))), ("first", CborValue.Integer(7)),
            ("fragments", CborValue.Array([.. Fragments.Select(f => CborValue.Bytes(Digest.Of(f)))])),
            ("from", CborValue.Integer(Court.NowMs)), ("until", CborValue.Integer(Court.NowMs + 80)), ("codec", CborValue.Text("avc1.42c01e"))));
        Court.FromStation("incident.opened", CborValue.Map(
            ("incident", CborValue.Text("i-1")), ("trigger", CborValue.Bytes(Cut.Hash)), ("level", CborValue.Integer(3)), ("episode", CborValue.Integer(1))));
        Court.FromOfficer("incident.acknowledged", CborValue.Map(("incident", CborValue.Text("i-1")), ("via", CborValue.Text("phone"))));
    }

    public static byte[] Ruling { get; } = Encoding.UTF8.GetBytes("%PDF-1.4 a ruling");

    public static byte[] Picture { get; } = [0xFF, 0xD8, 0xFF, .. Encoding.UTF8.GetBytes("a picture"), 0xFF, 0xD9];

    public static byte[] Init { get; } = Encoding.UTF8.GetBytes("ftyp moov of a clip");

    public static IReadOnlyList<byte[]> Fragments { get; } = [.. Enumerable.Range(7, 3).Select(i => Encoding.UTF8.GetBytes($"moof mdat of fragment {i}"))];

    public SampleCourt Court { get; } = new();

    public Statement Cut { get; }

    public Statement Still { get; }

    public Statement Manifest { get; }

    public static PackOriginal RulingFile { get; } = PackOriginal.Of(Ruling, "pdf");

    public static PackOriginal PictureFile { get; } = PackOriginal.Of(Picture, "jpg");

    public static PackOriginal Clip { get; } = ClipOf(0, 1, 2);

    /// <summary>A clip of the init segment and these fragments.</summary>
    public static PackOriginal ClipOf(params int[] fragments) => PackOriginal.Of(
        [.. Init, .. fragments.SelectMany(i => Fragments[i])], "mp4", [Init.Length, .. fragments.Select(i => (long)Fragments[i].Length)]);

    /// <summary>The whole case with all its originals.</summary>
    public PackContent Content() => Court.Content(null, RulingFile, PictureFile, Clip);

    public byte[] Pack() => SampleCourt.Write(Content());
}
