using System.Threading.Channels;

namespace Cinnabar.Station.Alarms;

/// <summary>The one queue in front of the engine. Safe for concurrent use; writers wait when it is full.</summary>
internal sealed class AlarmsQueue
{
    private const int Capacity = 65_536;
    private readonly Channel<AlarmInput> _inputs = System.Threading.Channels.Channel.CreateBounded<AlarmInput>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    public ChannelReader<AlarmInput> Reader => _inputs.Reader;

    public ValueTask AddAsync(AlarmInput input, CancellationToken cancellationToken) => _inputs.Writer.WriteAsync(input, cancellationToken);

    /// <summary>Somebody answers for an incident; the task ends when that is durable.</summary>
    public async Task<HandlingAnswer> AcknowledgeAsync(string incident, string by, string via, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<HandlingAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        await AddAsync(new AcknowledgeInput(incident, by, via, done), cancellationToken);
        return await done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Somebody closes an incident; the task ends when that is durable.</summary>
    public async Task<HandlingAnswer> CloseAsync(string incident, IncidentOutcome outcome, string? note, string by, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<HandlingAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        await AddAsync(new CloseInput(incident, outcome, note, by, done), cancellationToken);
        return await done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>A delivery report came in; the task ends when it is durable.</summary>
    public async Task ReportAsync(Notices.DeliveryReport report, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await AddAsync(new ReportInput(report, done), cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
    }
}
