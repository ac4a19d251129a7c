using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Tiles;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Console;

/// <summary>The court log for people and machines: docs/formats/api.md, Log.</summary>
internal static class LogEndpoints
{
    private const int EntriesMax = 200;

    // Shorter than the idle limit of any proxy; the caller asks again.
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(25);

    public static LogSummary Summary(CourtLog log, StationKeys keys, HealthBoard health, ProofStates proofs)
    {
        var head = log.Head;
        using var key = new VerificationKey(keys.Log.PublicKey);
        return new LogSummary(
            log.Origin, head.Size, head.Root.ToString(), System.Text.Encoding.UTF8.GetString(head.Checkpoint.Span), new NoteKey(log.Origin, key).ToVerifierKey(),
            health.Sentence(FactsModule.LogPart),
            new Dictionary<string, long> { ["sequenced"] = head.Size, ["final"] = proofs.FinalSize, ["anchored"] = proofs.AnchoredSize },
            proofs.StandsAlone);
    }

    public static IResult Entries(CourtLog log, ProofStates proofs, long? from, int? count)
    {
        var wanted = Math.Clamp(count ?? 50, 0, EntriesMax);
        var first = from ?? Math.Max(0, log.Head.Size - wanted);
        return first < 0 ? Results.BadRequest() : Results.Ok(log.ReadEntries(first, wanted).Select(e => Card(e.Index, Read(e.Bytes), proofs)));
    }

    public static IResult Entry(long index, CourtLog log, FinalHeads final, ProofStates proofs) => Detail(log, final, proofs, index);

    public static IResult StatementOf(string hash, CourtLog log, FinalHeads final, ProofStates proofs) =>
        Detail(log, final, proofs, Digest.TryParseHex(hash, out var digest) ? log.Find(digest) ?? -1 : -1);

    /// <summary>The receipt of a statement, never before it is final; with wait, as soon as it is.</summary>
    /// <param name="court">Code of the court whose receipt it shall be; without it that of this court's log.</param>
    public static Task<IResult> ReceiptAsync(
        string hash, bool? wait, string? court, CourtLog log, FinalHeads final, TimeProvider time, HttpContext http) =>
        WhenFinalAsync(hash, wait, (log, final, time, http), (index, head) =>
            court is null ? Results.Bytes(log.CutReceipt(index, head.Size), "application/scitt-receipt+cose")
            : head.Vouched?.Vouchers.FirstOrDefault(v => v.Court.Code == court)
                ?.CutReceipt(head.Vouched.Checkpoint, TreeHash.OfLeaf(log.ReadEntry(index)!.Value.Span), log.ProveInclusion(index, head.Size)) is { } receipt
                ? Results.Bytes(receipt, "application/scitt-receipt+cose")
            : Results.NotFound());

    /// <summary>The compact proof of a statement with the voices of all courts that vouch; at a court that stands alone there is none.</summary>
    public static Task<IResult> ProofAsync(string hash, bool? wait, CourtLog log, FinalHeads final, TimeProvider time, HttpContext http) =>
        WhenFinalAsync(hash, wait, (log, final, time, http), (index, head) => head.Vouched is { } vouched
            ? Results.Bytes(TlogProof.Of(vouched, log.ProveInclusion(index, head.Size)).Encode(), "text/plain; charset=utf-8")
            : Results.NotFound());

    private static async Task<IResult> WhenFinalAsync(
        string hash, bool? wait, (CourtLog Log, FinalHeads Final, TimeProvider Time, HttpContext Http) asked, Func<long, FinalHead, IResult> answer)
    {
        var (log, final, time, http) = asked;
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
                    return answer(index, await final.WaitForSizeAsync(Math.Max(index + 1, CourtLog.ReceiptTreeSizeMin), either.Token));
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

    private static IResult Detail(CourtLog log, FinalHeads final, ProofStates proofs, long index)
    {
        if (log.ReadEntry(index) is not { } bytes)
        {
            return Results.NotFound();
        }

        // Under the final head where it is; an entry that is not final yet has a proof, and no receipt.
        var isFinal = final.Newest is { } newest && newest.Size > index && newest.Size >= CourtLog.ReceiptTreeSizeMin;
        var size = isFinal ? final.Newest!.Size : log.Head.Size;
        var statement = Read(bytes);
        var card = Card(index, statement, proofs);
        var proof = log.ProveInclusion(index, size);
        return Results.Ok(new LogEntryDetail(
            card.Index, card.Hash, card.Kind, card.Issuer, card.Subject, card.At, card.Bytes, card.State, Body(statement), Convert.ToBase64String(bytes.Span),
            new LogProof(proof.TreeSize, [.. proof.Path.Select(p => p.ToString())]),
            isFinal ? Convert.ToBase64String(log.CutReceipt(index, size)) : null));
    }

    private static string Body(Statement statement) => statement.Data is { } data
        ? $"{Diagnostic.Of(statement.Body)}\n/ {data.ContentType}, SHA-256 {data.Digest} /"
        : Diagnostic.Of(statement.Body);

    private static LogEntryCard Card(long index, Statement statement, ProofStates proofs) => new(
        index, statement.Hash.ToString(), statement.Kind, statement.Issuer, statement.Subject,
        DateTimeOffset.FromUnixTimeMilliseconds(statement.TimeMs), statement.Bytes.Length, proofs.Of(index));

    private static Statement Read(ReadOnlyMemory<byte> bytes) => Statement.TryParse(bytes.Span, out var statement, out var detail) == StatementVerdict.Valid
        ? statement!
        : throw new InvalidDataException($"The log holds an entry that is no statement: {detail}");
}
