using System.Threading.Channels;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Station.Alarms;

/// <summary>Writes the statements that alarms owe to the log: after the fact, in order, at least once.</summary>
internal sealed partial class AlarmsScribe(AlarmsStore store, StateFact state, TimeProvider time, ILogger<AlarmsScribe> log) : BackgroundService
{
    private const int BatchMax = 256;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    private readonly Channel<bool> _wakes = System.Threading.Channels.Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There may be something to write.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>States something at once that needs no row: what it says is seen again after a restart.</summary>
    public void State(string kind, string sealNumber, CborValue body) => state(null, kind, sealNumber, body);

    /// <summary>Writes what is owed now.</summary>
    /// <returns>How many statements were written.</returns>
    public async Task<int> WriteOwedAsync(CancellationToken cancellationToken)
    {
        var owed = store.Owed(BatchMax);
        var attempts = new Dictionary<string, Digest>(StringComparer.Ordinal);
        var sequencing = new List<Task>();
        foreach (var fact in owed)
        {
            var body = CborValue.Decode(fact.Body);
            if (fact is { Kind: "warning.result", WarningKey: { } result })
            {
                body = WithAttempt(body, attempts.TryGetValue(result, out var known) ? known : store.AttemptHash(result));
            }

            var (hash, done) = state(fact.Officer, fact.Kind, fact.Subject, body);
            if (fact is { Kind: "warning.attempt", WarningKey: { } attempt })
            {
                attempts[attempt] = hash;
            }

            sequencing.Add(done);
        }

        await Task.WhenAll(sequencing).WaitAsync(cancellationToken);
        if (owed.Count > 0)
        {
            store.Written(owed[^1].Sequence, attempts);
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

    private static CborValue WithAttempt(CborValue body, Digest? attempt) => attempt is null
        ? body
        : CborValue.Map(body.AsMap().Append(new(CborValue.Text("attempt"), CborValue.Bytes(attempt.Value))));

    [LoggerMessage(3002, LogLevel.Error, "Statements about alarms could not be written; they are kept and offered again.")]
    private partial void LogNotWritten(Exception e);
}
