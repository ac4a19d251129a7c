using System.Net;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger.Tiles;
using Cinnabar.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cinnabar.Cli.Tests;

/// <summary>The log of the sample case as a directory of tiles, and over HTTP.</summary>
public sealed class FsckCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SampleCourt _court = new SampleCase().Court;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sound_log_exits_0_and_names_size_and_root()
    {
        var outcome = await CommandLine.RunAsync("fsck", Export(), "--roster", Genesis());
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.StartsWith($"SOUND: {SampleCourt.Origin}, 11 entries, root {_court.Log.Root}", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_as_the_log_prints_it_will_do()
    {
        using var key = new VerificationKey(SampleCourt.LogKey.PublicKey);
        Assert.Equal(0, (await CommandLine.RunAsync("fsck", Export(), "--key", new NoteKey(SampleCourt.Origin, key).ToVerifierKey())).Exit);
    }

    [Fact]
    public async Task Without_a_key_the_log_speaks_for_itself_and_the_fingerprint_is_shown()
    {
        var outcome = await CommandLine.RunAsync("fsck", Export(), "--lang", "zh");
        Assert.Equal(0, outcome.Exit);
        Assert.StartsWith("完好", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(_court.Genesis.Fingerprint, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_over_http_is_read_from_its_prefix()
    {
        var directory = Export();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/tlog/{**path}", (string path) =>
            File.Exists(Path.Combine(directory, path)) ? Results.Bytes(File.ReadAllBytes(Path.Combine(directory, path))) : Results.NotFound());
        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, (await CommandLine.RunAsync("fsck", app.Urls.First() + "/tlog", "--roster", Genesis())).Exit);
    }

    [Fact]
    public async Task Nobody_listening_exits_3()
    {
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Assert.Equal(3, (await CommandLine.RunAsync("fsck", $"http://127.0.0.1:{port}/tlog", "--roster", Genesis())).Exit);
    }

    [Fact]
    public async Task Altered_entry_exits_1_with_its_index()
    {
        var directory = Export();
        var bundle = Path.Combine(directory, TilePath.Entries(0, 11).ToString());
        var bytes = await File.ReadAllBytesAsync(bundle, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(bundle, bytes, TestContext.Current.CancellationToken);

        var outcome = await CommandLine.RunAsync("fsck", directory, "--roster", Genesis());
        Assert.Equal(1, outcome.Exit);
        Assert.Contains("EntryMismatch at entry 10", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_whose_signature_is_wrong_exits_1_though_every_hash_is_right()
    {
        var wrong = _court.Statements[^1].Bytes.ToArray();
        wrong[^1] ^= 1;
        Assert.Equal(StatementVerdict.Valid, Statement.TryParse(wrong, out var statement, out _));
        _court.Add(statement!);
        var directory = Export();

        var outcome = await CommandLine.RunAsync("fsck", directory, "--roster", Genesis());
        Assert.Equal(1, outcome.Exit);
        Assert.Contains("EntryRefused at entry 11", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("SignatureInvalid", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandLine.RunAsync("fsck", directory, "--roster", Genesis(), "--hashes-only")).Exit);
    }

    [Fact]
    public async Task Entry_of_a_stranger_exits_1_with_its_index()
    {
        _court.State(Rfc6979SigningKey.Named("stranger"), SampleCourt.Device, SampleCourt.Seal, "strip.restored");
        var outcome = await CommandLine.RunAsync("fsck", Export(), "--roster", Genesis());
        Assert.Equal(1, outcome.Exit);
        Assert.Contains("EntryRefused at entry 11", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoint_of_another_key_exits_1()
    {
        var directory = Export();
        await File.WriteAllBytesAsync(
            Path.Combine(directory, "checkpoint"), new CheckpointSigner(SampleCourt.Origin, SampleCourt.StationKey).Sign(11, _court.Log.Root),
            TestContext.Current.CancellationToken);

        var outcome = await CommandLine.RunAsync("fsck", directory, "--roster", Genesis());
        Assert.Equal(1, outcome.Exit);
        Assert.Contains("CheckpointRefused", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-folder")]
    [InlineData("ftp://log.example")]
    public async Task Neither_url_nor_folder_exits_2(string log) => Assert.Equal(2, (await CommandLine.RunAsync("fsck", log)).Exit);

    [Fact]
    public async Task Folder_without_a_log_exits_2() => Assert.Equal(2, (await CommandLine.RunAsync("fsck", _folder.Root)).Exit);

    [Fact]
    public async Task Key_that_is_none_exits_2() => Assert.Equal(2, (await CommandLine.RunAsync("fsck", Export(), "--key", "log+00000000+AAAA")).Exit);

    private string Genesis() => _folder.Write("genesis.cose", _court.Genesis.Statement.Bytes.ToArray());

    private string Export()
    {
        var size = _court.Log.Entries.Count;
        _folder.Write("log/checkpoint", _court.Log.Checkpoint());
        _folder.Write("log/" + TilePath.Entries(0, size), EntryBundle.Encode([.. _court.Log.Entries]));
        Digest[] leaves = [.. _court.Log.Entries.Select(e => TreeHash.OfLeaf(e))];
        _folder.Write("log/" + TilePath.Hashes(0, 0, size), TlogTiles.Encode(leaves));
        return Path.Combine(_folder.Root, "log");
    }
}
