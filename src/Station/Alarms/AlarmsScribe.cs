using System.Threading.Channels;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Alarms;

/// <summary>Writes the statements that alarms owe to the log: after the fact, in order, each once.</summary>
/// <remarks>
/// Sign, keep the signed bytes, offer them, strike off: whatever step a crash comes after, what is offered again are the
/// bytes that were kept, and the log knows its entries by hash.
/// </remarks>
internal sealed partial class AlarmsScribe(AlarmsStore store, SignFact sign, OfferFact offer, TimeProvider time, ILogger<AlarmsScribe> log) : BackgroundService
{
    private const int BatchMax = 256;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    private readonly Channel<bool> _wakes = System.Threading.Channels.Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There may be something to write.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>States something at once that needs no row: what it says is seen again after a restart.</summary>
    public void State(string kind, string sealNumber, CborValue body) => _ = offer(sign(null, kind, sealNumber, body));

    /// <summary>Writes what is owed now.</summary>
    /// <returns>How many statements were written.</returns>
    public async Task<int> WriteOwedAsync(CancellationToken cancellationToken)
    {
        var owed = store.Owed(BatchMax);
        if (owed.Count > 0)
        {
            await Task.WhenAll(Signed(owed).Select(statement => offer(statement))).WaitAsync(cancellationToken);
            store.Written(owed[^1].Sequence);
        }

        return owed.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await WriteOwedAsync(stoppingToken) == BatchMax)
                {
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The rows stay; the log may be full or stopped, and warnings go on without it.
                LogNotWritten(e);
            }

            await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var timer = new CancellationTokenSource(s_pause, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, timer.Token);
        try
        {
            await _wakes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Looks again without being woken.
        }
    }

    private List<Statement> Signed(List<OwedFact> owed)
    {
        var statements = new List<Statement>(owed.Count);
        var fresh = new List<(long Sequence, Statement Statement)>();
        var attempts = new Dictionary<string, Digest>(StringComparer.Ordinal);
        foreach (var fact in owed)
        {
            var statement = fact.Statement is { } kept ? Read(fact.Sequence, kept) : sign(fact.Officer, fact.Kind, fact.Subject, Body(fact, attempts));
            statements.Add(statement);
            if (fact.Statement is null)
            {
                fresh.Add((fact.Sequence, statement));
            }

            if (fact is { Kind: "warning.attempt", WarningKey: { } key })
            {
                attempts[key] = statement.Hash;
            }
        }

        if (fresh.Count > 0)
        {
            store.Signed(fresh, attempts);
        }

        return statements;
    }

    private CborValue Body(OwedFact fact, Dictionary<string, Digest> attempts)
    {
        var body = CborValue.Decode(fact.Body);
        return fact is { Kind: "warning.result", WarningKey: { } key }
            ? WithAttempt(body, attempts.TryGetValue(key, out var known) ? known : store.AttemptHash(key))
            : body;
    }

    private static Statement Read(long sequence, byte[] bytes) =>
        Statement.TryParse(bytes, out var statement, out var detail) == StatementVerdict.Valid
            ? statement!
            : throw new InvalidDataException($"Owed statement {sequence} is damaged: {detail}");

    private static CborValue WithAttempt(CborValue body, Digest? attempt) => attempt is null
        ? body
        : CborValue.Map(body.AsMap().Append(new(CborValue.Text("attempt"), CborValue.Bytes(attempt.Value))));

    [LoggerMessage(3002, LogLevel.Error, "Statements about alarms could not be written; they are kept and offered again.")]
    private partial void LogNotWritten(Exception e);
}
