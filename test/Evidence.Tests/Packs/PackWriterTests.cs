using System.IO.Compression;
using System.Text;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Packs;

public sealed class PackWriterTests
{
    private readonly SampleCase _case = new();

    [Fact]
    public void Same_content_in_another_order_gives_the_same_bytes()
    {
        var content = _case.Content();
        var shuffled = content with { Statements = [.. content.Statements.Reverse()], Originals = [.. content.Originals.Reverse()] };
        Assert.Equal(SampleCourt.Write(content), SampleCourt.Write(shuffled));
    }

    [Fact]
    public void Every_zip_program_can_unpack_it()
    {
        using var zip = new ZipArchive(new MemoryStream(_case.Pack()));
        using var clip = new MemoryStream();
        zip.GetEntry(PackPath.Original(Digest.Of([.. SampleCase.Init, .. SampleCase.Fragments.SelectMany(f => f)]), "mp4"))!.Open().CopyTo(clip);

        Assert.Equal(30, zip.Entries.Count);
        Assert.StartsWith("ftyp moov of a clip", Encoding.UTF8.GetString(clip.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Index_tells_in_both_languages_what_happened_and_shows_the_picture()
    {
        var index = Read(PackPath.Index);

        Assert.Contains("封条被剪断", index, StringComparison.Ordinal);
        Assert.Contains("The strip was cut", index, StringComparison.Ordinal);
        Assert.Contains("2026-01-01 08:00:06.000", index, StringComparison.Ordinal);
        Assert.Contains($"<img src=\"{PackPath.Original(Digest.Of(SampleCase.Picture), "jpg")}\"", index, StringComparison.Ordinal);
        Assert.Contains(_case.Court.Genesis.Fingerprint, index, StringComparison.Ordinal);
        Assert.Contains("cinnabar verify", Read(PackPath.Readme), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", index, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Index_escapes_what_a_statement_says()
    {
        var court = new SampleCourt();
        court.FromCourt("order.lifted", CborValue.Map(("reason", CborValue.Text("<script>alert(1)</script>\u202e"))));
        var pack = SampleCourt.Write(court.Content());
        PackReader.TryOpen(new MemoryStream(pack), PackLimits.Default, out var reader, out _);
        var index = Encoding.UTF8.GetString(reader!.Read(reader.Find(PackPath.Index)!));

        Assert.DoesNotContain("<script", index, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\\u202e", index, StringComparison.Ordinal);
    }

    [Fact]
    public void Original_that_no_statement_vouches_for_is_refused() => Refused(
        _case.Court.Content(null, PackOriginal.Of([1, 2, 3], "jpg")), "No statement vouches");

    [Fact]
    public void Original_of_an_unknown_extension_is_refused() => Refused(
        _case.Court.Content(null, PackOriginal.Of(SampleCase.Picture, "exe")), "no extension");

    [Fact]
    public void Original_given_twice_is_refused() => Refused(
        _case.Court.Content(null, SampleCase.PictureFile, SampleCase.PictureFile), "given twice");

    [Fact]
    public void Statement_given_twice_is_refused() => Refused(
        _case.Court.Content([.. _case.Court.Statements, _case.Cut]), "given twice");

    [Fact]
    public void Parts_that_do_not_sum_up_are_refused() => Refused(
        _case.Court.Content(null, SampleCase.Clip with { Parts = [3, 4] }), "sum up");

    [Fact]
    public void Pack_without_the_genesis_is_refused() => Refused(
        _case.Court.Content(_case.Court.Statements.Skip(1)), "genesis");

    [Fact]
    public void Receipt_of_another_tree_is_refused()
    {
        var content = _case.Court.Content();
        _case.Court.FromStation("incident.cleared");
        Refused(content with { Checkpoint = _case.Court.Log.Checkpoint() }, "checkpoint's tree");
    }

    [Fact]
    public void Checkpoint_of_another_key_is_refused() => Refused(
        _case.Court.Content() with { Checkpoint = new SampleLog(SampleCourt.Origin, SampleCourt.StationKey).Checkpoint() }, "The checkpoint");

    private static void Refused(PackContent content, string why)
    {
        var refusal = Assert.Throws<ArgumentException>(() => SampleCourt.Write(content));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    private string Read(string name)
    {
        Assert.Equal(PackVerdict.Valid, PackReader.TryOpen(new MemoryStream(_case.Pack()), PackLimits.Default, out var reader, out _));
        return Encoding.UTF8.GetString(reader!.Read(reader.Find(name)!));
    }
}
