using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Station.Alarms;

/// <summary>Runs the engine: everything that waits becomes one turn and one commit, then the warnings leave at once.</summary>
internal sealed partial class AlarmsFollower(
    AlarmsEngine engine, AlarmsQueue queue, WarningSenders senders, AlarmsScribe scribe, IncidentChanges changes, TimeProvider time,
    ILogger<AlarmsFollower> log) : BackgroundService
{
    // Enough for one fsync to carry a storm, small enough that the first of them does not wait for the last.
    private const int TurnMax = 256;

    /// <summary>When the engine last finished a turn, monotonic: the auditor looks at it.</summary>
    public long LastTurnStamp { get; private set; } = time.GetTimestamp();

    /// <summary>The last commit failed and is being tried again: warnings go out, but a crash now would forget them.</summary>
    public bool IsUnsaved { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        engine.Resume().ForEach(senders.Send);
        var inputs = new List<AlarmInput>();
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(stoppingToken);
            while (inputs.Count < TurnMax && queue.Reader.TryRead(out var input))
            {
                inputs.Add(input);
            }

            Turn(inputs);
            inputs.Clear();
            WatchSilence();
            LastTurnStamp = time.GetTimestamp();
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        var rest = engine.Rest();
        if (rest <= TimeSpan.Zero || queue.Reader.TryPeek(out _))
        {
            return;
        }

        using var timer = new CancellationTokenSource(rest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, timer.Token);
        try
        {
            await queue.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Something is due, or the clock wants looking at.
        }
    }

    private void Turn(List<AlarmInput> inputs)
    {
        foreach (var beat in inputs.OfType<BeatInput>())
        {
            Beat(beat.SealNumber, beat.Device);
        }

        var outcome = engine.Step(inputs);
        foreach (var warning in outcome.ToSend)
        {
            senders.Send(warning);
        }

        if (outcome.Failure is { } failure)
        {
            AlarmsMetrics.CommitFailures.Add(1);
            LogCommitFailed(failure);
        }

        IsUnsaved = outcome.Failure is not null;
        foreach (var fact in inputs.OfType<FactInput>().Select(f => f.Fact).Where(f => AlarmKind.Find(f.Statement.Kind) is not null))
        {
            AlarmsMetrics.Committed.Record(Math.Max(0, (time.GetUtcNow() - fact.ReceivedAt).TotalSeconds));
        }

        foreach (var answer in outcome.Answers)
        {
            answer();
        }

        foreach (var incident in outcome.Touched)
        {
            changes.Publish(incident);
        }

        scribe.Wake();
    }

    private void WatchSilence()
    {
        foreach (var (seal, device, silence) in engine.Silence.TakeMissed())
        {
            var last = time.GetUtcNow() - silence;
            scribe.State(AlarmKind.HeartbeatMissed, seal, CborValue.Map(
                ("device", CborValue.Text(device)), ("last", CborValue.Integer(last.ToUnixTimeMilliseconds())),
                ("silence_ms", CborValue.Integer((long)silence.TotalMilliseconds))));
        }
    }

    private void Beat(string sealNumber, string device)
    {
        if (engine.Silence.Beat(sealNumber, device))
        {
            scribe.State(AlarmKind.HeartbeatBack, sealNumber, CborValue.Map(("device", CborValue.Text(device))));
        }
    }

    [LoggerMessage(3001, LogLevel.Critical, "The alarm database cannot be written; warnings go on from memory, and it is tried again every second.")]
    private partial void LogCommitFailed(Exception e);
}
