using Cinnabar.Evidence.Statements;
using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Reflex;

/// <summary>
/// One trigger and what came of it, each with its moment in nanoseconds of the monotonic clock. Siren, voice, camera and
/// signature run side by side and meet only here.
/// </summary>
/// <param name="expected">The marks after which the episode is complete.</param>
internal sealed class Episode(string kind, Moment at, EpisodeMark expected)
{
    private readonly TaskCompletionSource<Statement> _signed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<EpisodeMark, long> _marks = [];
    private readonly Lock _gate = new();

    public string Kind => kind;

    public Moment At => at;

    /// <summary>The trigger's own statement; everything that follows names its hash.</summary>
    public Task<Statement> Signed => _signed.Task;

    /// <summary>Ends when everything that was expected has happened.</summary>
    public Task Complete => _complete.Task;

    /// <summary>Notes when something happened for the first time.</summary>
    public void Mark(EpisodeMark mark, TimeSpan monotonic)
    {
        lock (_gate)
        {
            _marks.TryAdd(mark, monotonic.Ticks * TimeSpan.NanosecondsPerTick);
            if (_marks.Keys.Aggregate(EpisodeMark.None, (all, one) => all | one).HasFlag(expected))
            {
                _complete.TrySetResult();
            }
        }
    }

    public void SetSigned(Statement statement) => _signed.TrySetResult(statement);

    public override string ToString()
    {
        lock (_gate)
        {
            var marks = new[] { EpisodeMark.Siren, EpisodeMark.Voice, EpisodeMark.Camera, EpisodeMark.Signed, EpisodeMark.Journaled, EpisodeMark.Sent };
            var times = marks.Select(m => $"{m.ToString().ToLowerInvariant()}_ns={(_marks.TryGetValue(m, out var ns) ? ns : -1)}");
            return $"reflex trigger={kind} edge_unix_us={(at.Edge - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond} "
                + $"edge_ns={at.Monotonic.Ticks * TimeSpan.NanosecondsPerTick} {string.Join(' ', times)}";
        }
    }
}
