using System.Net;
using System.Net.Sockets;
using System.Text;
using Cinnabar.Ledger.Fsck;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Ledger.Tests.Tiles;

/// <summary>One log read through the store, a directory and HTTP.</summary>
public sealed class TileSourceTests : IAsyncLifetime
{
    private const int EntryCount = 70_000 / 100;

    private readonly MemoryLogStore _store = new();
    private readonly TempFolder _folder = new();
    private CourtLog _log = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _log = TestLog.Open(_store);
        await TestLog.AppendAsync(_log, 1, EntryCount - 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _folder.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Store_serves_every_path_of_its_size_and_nothing_beyond()
    {
        foreach (var path in TileExport.PathsOf(EntryCount))
        {
            Assert.NotNull(await _log.Tiles.ReadAsync(path, Cancellation));
        }
        Assert.Null(await _log.Tiles.ReadAsync(TilePath.Hashes(0, 2), Cancellation));
        Assert.Null(await _log.Tiles.ReadAsync(TilePath.Hashes(0, 2, (EntryCount % 256) + 1), Cancellation));
        Assert.Null(await _log.Tiles.ReadAsync(TilePath.Hashes(2, 0, 1), Cancellation));
        Assert.Null(await _log.Tiles.ReadAsync(TilePath.Entries(3, 1), Cancellation));
        Assert.Null(await _log.Tiles.ReadAsync(TilePath.Hashes(40, long.MaxValue), Cancellation));
    }

    [Fact]
    public async Task Committed_but_unsigned_entries_are_not_served()
    {
        using var store = new MemoryLogStore();
        var stopAfterCommit = TestLog.AtOnce();
        var armed = false;
        stopAfterCommit.TestingOnlyAfterStep = step =>
        {
            if (armed && step == LogStep.Committed)
            {
                throw new LogStoreException(LogStoreFailure.Io, "power lost");
            }
        };
        await using var log = TestLog.Open(store, stopAfterCommit);
        armed = true;
        Assert.Equal(AppendStatus.Stopped, (await log.AppendAsync(TestLog.Entry(1), Cancellation)).Status);

        Assert.NotNull(store.ReadEntry(1));
        Assert.Null(await log.Tiles.ReadAsync(TilePath.Entries(0, 2), Cancellation));
        Assert.Null(log.ReadEntry(1));
        Assert.Null(log.Find(Evidence.Digest.Of(TestLog.Entry(1))));
    }

    [Fact]
    public async Task Exported_directory_passes_fsck_and_a_second_export_adds_what_is_new()
    {
        Assert.Equal(EntryCount, await TileExport.WriteAsync(_log.Tiles, _folder.Path, Cancellation));
        var directory = new DirectoryTileSource(_folder.Path);
        Assert.True((await TestLog.FsckAsync(directory)).IsSound);

        await TestLog.AppendAsync(_log, EntryCount, 300);
        await TileExport.WriteAsync(_log.Tiles, _folder.Path, Cancellation);

        var report = await TestLog.FsckAsync(directory);
        Assert.Equal((FsckVerdict.Sound, EntryCount + 300L), (report.Verdict, report.EntriesChecked));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.new", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Part_that_was_dropped_is_cut_out_of_the_full_tile()
    {
        await TileExport.WriteAsync(_log.Tiles, _folder.Path, Cancellation);
        var directory = new DirectoryTileSource(_folder.Path);

        foreach (var part in new[] { TilePath.Hashes(0, 1, 3), TilePath.Entries(1, 3) })
        {
            Assert.Equal(
                (await _log.Tiles.ReadAsync(part, Cancellation))!.Value.ToArray(),
                (await directory.ReadAsync(part, Cancellation))!.Value.ToArray());
        }
        Assert.Null(await directory.ReadAsync(TilePath.Hashes(1, 0, 255), Cancellation));
    }

    [Fact]
    public async Task File_longer_than_its_path_allows_is_not_read()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "tile", "0"));
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "tile", "0", "000"), new byte[8193], Cancellation);

        var directory = new DirectoryTileSource(_folder.Path);
        await Assert.ThrowsAsync<TileSourceException>(async () => await directory.ReadAsync(TilePath.Hashes(0, 0), Cancellation));
    }

    [Fact]
    public async Task Responder_answers_paths_with_type_and_cache_rule()
    {
        var responder = new TileResponder(_log.Tiles);

        var checkpoint = await responder.RespondAsync("checkpoint", Cancellation);
        Assert.Equal(("text/plain; charset=utf-8", "no-cache"), (checkpoint!.ContentType, checkpoint.CacheControl));
        Assert.Equal(_log.Head.Checkpoint, checkpoint.Body);
        var tile = await responder.RespondAsync("tile/0/000", Cancellation);
        Assert.Equal(("application/octet-stream", 8192), (tile!.ContentType, tile.Body.Length));
        Assert.Contains("immutable", tile.CacheControl, StringComparison.Ordinal);
        Assert.Null(await responder.RespondAsync("tile/0/009", Cancellation));
        Assert.Null(await responder.RespondAsync("../log.db", Cancellation));
    }

    [Fact]
    public async Task Log_read_over_http_passes_fsck()
    {
        using var server = new TileServer(new TileResponder(_log.Tiles));
        using var client = new HttpClient();

        var report = await TestLog.FsckAsync(new HttpTileSource(client, server.Prefix));

        Assert.Equal((FsckVerdict.Sound, (long)EntryCount), (report.Verdict, report.EntriesChecked));
    }

    [Fact]
    public async Task Endless_answer_over_http_is_cut_off()
    {
        using var server = new TileServer(null);
        using var client = new HttpClient();
        var source = new HttpTileSource(client, server.Prefix);

        var failure = await Assert.ThrowsAsync<TileSourceException>(async () => await source.ReadAsync(TilePath.Hashes(0, 0), Cancellation));
        Assert.Contains("longer than", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_a_failure_to_read_and_not_an_empty_log()
    {
        var server = new TileServer(null);
        server.Dispose();
        using var client = new HttpClient();
        var source = new HttpTileSource(client, server.Prefix);

        await Assert.ThrowsAsync<TileSourceException>(async () => await source.ReadAsync(TilePath.Checkpoint, Cancellation));
    }

    /// <summary>A plain HTTP server on a free port; without a responder it answers everything without end.</summary>
    private sealed class TileServer : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly TileResponder? _responder;
        private readonly Task _serving;

        public TileServer(TileResponder? responder)
        {
            _responder = responder;
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Prefix = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/log/");
            }
            _listener.Prefixes.Add(Prefix.AbsoluteUri);
            _listener.Start();
            _serving = ServeAsync();
        }

        public Uri Prefix { get; }

        public void Dispose()
        {
            _listener.Close();
            _serving.Wait();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    await AnswerAsync(context);
                }
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // The server was closed.
            }
        }

        private async Task AnswerAsync(HttpListenerContext context)
        {
            var path = context.Request.Url!.AbsolutePath["/log/".Length..];
            try
            {
                if (_responder is null)
                {
                    context.Response.SendChunked = true;
                    while (true)
                    {
                        await context.Response.OutputStream.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 4096)));
                    }
                }
                var response = await _responder.RespondAsync(path, CancellationToken.None);
                context.Response.StatusCode = response is null ? 404 : 200;
                await context.Response.OutputStream.WriteAsync(response?.Body ?? default);
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or IOException)
            {
                // The client hung up, as it should on an endless answer.
                context.Response.Abort();
            }
        }
    }
}
