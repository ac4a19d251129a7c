using System.Text.Json.Nodes;

namespace Cinnabar.Demo;

/// <summary>The console's live events, kept from the start so that none is missed by asking late.</summary>
public sealed class WatchedEvents
{
    private readonly List<(string Name, JsonNode Data)> _seen = [];
    private readonly List<(string Name, Func<JsonNode, bool> Fits, TaskCompletionSource<JsonNode> Found)> _waiting = [];

    private readonly Action<string, JsonNode>? _heard;

    /// <param name="heard">Told of every event, in order.</param>
    public WatchedEvents(StationClient client, CancellationToken cancellationToken, Action<string, JsonNode>? heard = null)
    {
        _heard = heard;
        Watching = Task.Run(() => WatchAsync(client, cancellationToken), cancellationToken);
    }

    /// <summary>Ends with the stream.</summary>
    public Task Watching { get; }

    /// <summary>The first event, seen already or still to come, that fits.</summary>
    /// <exception cref="DemoException">None came in time.</exception>
    public async Task<JsonNode> WaitAsync(string name, Func<JsonNode, bool> fits, TimeSpan limit, string what, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_seen)
        {
            if (_seen.FirstOrDefault(one => one.Name == name && fits(one.Data)).Data is { } data)
            {
                return data;
            }

            _waiting.Add((name, fits, found));
        }

        try
        {
            return await found.Task.WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new DemoException($"{what} did not come within {limit.TotalSeconds:0} s.");
        }
    }

    private async Task WatchAsync(StationClient client, CancellationToken cancellationToken)
    {
        await foreach (var (name, data) in client.EventsAsync(cancellationToken))
        {
            lock (_seen)
            {
                _seen.Add((name, data));
                foreach (var (_, _, found) in _waiting.Where(one => one.Name == name && one.Fits(data)).ToArray())
                {
                    found.TrySetResult(data);
                }

                _waiting.RemoveAll(one => one.Found.Task.IsCompleted);
            }

            _heard?.Invoke(name, data);
        }
    }
}
