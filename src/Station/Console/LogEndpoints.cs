using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Tiles;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Console;

/// <summary>The court log for people and machines: docs/formats/api.md, Log.</summary>
internal static class LogEndpoints
{
    private const int EntriesMax = 200;

    // Shorter than the idle limit of any proxy; the caller asks again.
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(25);

    public static LogSummary Summary(CourtLog log, StationKeys keys, HealthBoard health)
    {
        var head = log.Head;
        using var key = new VerificationKey(keys.Log.PublicKey);
        return new LogSummary(
            log.Origin, head.Size, head.Root.ToString(), System.Text.Encoding.UTF8.GetString(head.Checkpoint.Span), new NoteKey(log.Origin, key).ToVerifierKey(),
            health.Sentence(FactsModule.LogPart),
            new Dictionary<string, long> { ["sequenced"] = head.Size, ["final"] = 0, ["anchored"] = 0 });
    }

    public static IResult Entries(CourtLog log, long? from, int? count)
    {
        var wanted = Math.Clamp(count ?? 50, 0, EntriesMax);
        var first = from ?? Math.Max(0, log.Head.Size - wanted);
        return first < 0 ? Results.BadRequest() : Results.Ok(log.ReadEntries(first, wanted).Select(e => Card(e.Index, Read(e.Bytes))));
    }

    public static Task<IResult> EntryAsync(long index, CourtLog log, CancellationToken cancellationToken) => DetailAsync(log, index, cancellationToken);

    public static Task<IResult> StatementAsync(string hash, CourtLog log, CancellationToken cancellationToken) =>
        DetailAsync(log, Digest.TryParseHex(hash, out var digest) ? log.Find(digest) ?? -1 : -1, cancellationToken);

    /// <summary>The receipt of a statement; with wait, as soon as it is sequenced.</summary>
    public static async Task<IResult> ReceiptAsync(string hash, bool? wait, CourtLog log, TimeProvider time, HttpContext http)
    {
        if (!Digest.TryParseHex(hash, out var digest))
        {
            return Results.NotFound();
        }

        using var timeout = new CancellationTokenSource(wait == true ? s_wait : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, timeout.Token);
        try
        {
            while (true)
            {
                // The size before the look: an entry that comes in between ends the wait at once.
                var size = log.Head.Size;
                if (log.Find(digest) is { } index)
                {
                    return Results.Bytes(await log.ReceiptAsync(index, http.RequestAborted), "application/scitt-receipt+cose");
                }

                await log.WaitForSizeAsync(size + 1, either.Token);
            }
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Results.NotFound();
        }
    }

    public static async Task<IResult> TileAsync(string path, TileResponder tiles, HttpContext http)
    {
        if (await tiles.RespondAsync(path, http.RequestAborted) is not { } answer)
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = answer.CacheControl;
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return Results.Bytes(answer.Body, answer.ContentType);
    }

    private static async Task<IResult> DetailAsync(CourtLog log, long index, CancellationToken cancellationToken)
    {
        if (log.ReadEntry(index) is not { } bytes)
        {
            return Results.NotFound();
        }

        var size = log.Head.Size;
        var statement = Read(bytes);
        var card = Card(index, statement);
        var proof = log.ProveInclusion(index, size);
        return Results.Ok(new LogEntryDetail(
            card.Index, card.Hash, card.Kind, card.Issuer, card.Subject, card.At, card.Bytes, Body(statement), Convert.ToBase64String(bytes.Span),
            new LogProof(proof.TreeSize, [.. proof.Path.Select(p => p.ToString())]),
            size > 1 ? Convert.ToBase64String(await log.ReceiptAsync(index, cancellationToken)) : null));
    }

    private static string Body(Statement statement) => statement.Data is { } data
        ? $"{Diagnostic.Of(statement.Body)}\n/ {data.ContentType}, SHA-256 {data.Digest} /"
        : Diagnostic.Of(statement.Body);

    private static LogEntryCard Card(long index, Statement statement) => new(
        index, statement.Hash.ToString(), statement.Kind, statement.Issuer, statement.Subject,
        DateTimeOffset.FromUnixTimeMilliseconds(statement.TimeMs), statement.Bytes.Length);

    private static Statement Read(ReadOnlyMemory<byte> bytes) => Statement.TryParse(bytes.Span, out var statement, out var detail) == StatementVerdict.Valid
        ? statement!
        : throw new InvalidDataException($"The log holds an entry that is no statement: {detail}");
}
