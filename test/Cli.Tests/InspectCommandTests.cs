using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Cli.Tests;

public sealed class InspectCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Statement_is_shown_with_its_labels_named() => await Shows(
        Bytes("statements", "valid-hashed-about"), "statement 4606be7573565af5", "1 /alg/: -7", "-70001 /kind/: \"strip.cut\"", "260 /payload location/: \"media/1\"", "\"width\": 640");

    [Fact]
    public async Task Receipt_is_shown_with_its_proof_opened() => await Shows(
        Bytes("receipts", "valid"), "receipt of log.court.example/2026: entry 4 of 11", "395 /vds/: 1", "-1 /inclusion/", "null /detached/");

    [Fact]
    public async Task Checkpoint_is_shown_in_its_parts() => await Shows(
        Bytes("checkpoints", "valid"), "origin log.court.example/2026", "size   1234", "signed log.court.example/2026 key");

    [Fact]
    public async Task Roster_is_shown_with_the_fingerprint() => await Shows(
        CourtRoster.Of(new SampleCourt().Genesis).Encode(), "示例区人民法院", new SampleCourt().Genesis.Fingerprint);

    [Fact]
    public async Task Genesis_is_shown_with_the_fingerprint() => await Shows(
        new SampleCourt().Genesis.Statement.Bytes.ToArray(), new SampleCourt().Genesis.Fingerprint);

    [Fact]
    public async Task Pack_is_shown_with_files_and_statements() => await Shows(
        Bytes("packs", "valid-small"), "manifest.cbor", "strip.cut device:seal-0001", "To check it, use verify.");

    [Fact]
    public async Task Any_cbor_of_the_subset_is_shown() => await Shows(Bytes("cbor", "valid-map"), "\"aa\": []");

    [Fact]
    public async Task Statement_that_breaks_a_rule_of_ours_is_still_shown_as_cose() => await Shows(
        Bytes("statements", "unknown-label-header"), "18 /COSE_Sign1/", "3 /content type/: \"application/cbor\"");

    [Fact]
    public async Task Everything_shown_is_said_to_be_unchecked_in_both_languages()
    {
        var path = _folder.Write("file", Bytes("statements", "valid"));
        Assert.Contains("no signature was checked", (await CommandLine.RunAsync("inspect", path)).Output, StringComparison.Ordinal);
        Assert.Contains("未核验签名", (await CommandLine.RunAsync("inspect", path, "--lang", "zh")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_bytes_exit_1_with_offset_and_rule()
    {
        var outcome = await CommandLine.RunAsync("inspect", _folder.Write("file", [0xa2, 0x02, 0, 0x01, 0]));
        Assert.Equal(1, outcome.Exit);
        Assert.Contains("byte 3, rule 6 KeyOrder", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zip_that_is_no_pack_exits_1()
    {
        var outcome = await CommandLine.RunAsync("inspect", CommandLine.Vector("packs", "not-canonical-compressed.zip"));
        Assert.Equal(1, outcome.Exit);
        Assert.Contains("10 NotCanonical", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_file_exits_2() => Assert.Equal(2, (await CommandLine.RunAsync("inspect", "none")).Exit);

    private async Task Shows(byte[] bytes, params string[] texts)
    {
        var outcome = await CommandLine.RunAsync("inspect", _folder.Write("file", bytes));
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.All(texts, t => Assert.Contains(t, outcome.Output, StringComparison.Ordinal));
    }

    private static byte[] Bytes(string folder, string name) => Vector.Read(folder, name).Bytes(folder);
}
