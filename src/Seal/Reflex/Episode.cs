using Cinnabar.Evidence.Statements;
using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Reflex;

/// <summary>
/// One trigger and what came of it, each with its moment on the monotonic clock. Siren, voice, camera and
/// signature run side by side and meet only here.
/// </summary>
internal sealed class Episode(string kind, Moment at)
{
    private static readonly EpisodeMark[] s_marks =
        [EpisodeMark.Siren, EpisodeMark.Voice, EpisodeMark.Camera, EpisodeMark.Signed, EpisodeMark.Journaled, EpisodeMark.Sent];

    private readonly TaskCompletionSource<Statement> _signed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<EpisodeMark, TimeSpan> _marks = [];
    private EpisodeMark? _expected;
    private readonly Lock _gate = new();

    public string Kind => kind;

    public Moment At => at;

    /// <summary>The trigger's own statement; everything that follows names its hash.</summary>
    public Task<Statement> Signed => _signed.Task;

    /// <summary>Ends when everything that was expected has happened.</summary>
    public Task Complete => _complete.Task;

    /// <summary>Says, once the actions were started, what is to happen before the episode is complete.</summary>
    public void Expect(EpisodeMark marks)
    {
        lock (_gate)
        {
            _expected = marks;
            Settle();
        }
    }

    /// <summary>Notes when something happened for the first time.</summary>
    public void Mark(EpisodeMark mark, TimeSpan monotonic)
    {
        lock (_gate)
        {
            _marks.TryAdd(mark, monotonic);
            Settle();
        }
    }

    public void SetSigned(Statement statement) => _signed.TrySetResult(statement);

    /// <summary>The report: each mark in nanoseconds after the sensor's own edge, −1 where it did not happen in time.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            // The edge is stamped by the wall clock; the distance is short enough for the two clocks to agree.
            var edge = at.Monotonic - (at.Wall - at.Edge);
            var times = s_marks.Select(m => $"{m.ToString().ToLowerInvariant()}_ns={(_marks.TryGetValue(m, out var when) ? Nanoseconds(when - edge) : -1)}");
            return $"reflex trigger={kind} edge_unix_us={(at.Edge - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond} "
                + $"edge_ns={Nanoseconds(edge)} {string.Join(' ', times)}";
        }
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;

    private void Settle()
    {
        if (_expected is { } expected && _marks.Keys.Aggregate(EpisodeMark.None, (all, one) => all | one).HasFlag(expected))
        {
            _complete.TrySetResult();
        }
    }
}
