using System.Threading.Channels;

namespace Cinnabar.Seal.Camera;

/// <summary>Holds the camera's state and tells each change. Thread safe.</summary>
internal sealed class HealthBoard(TimeProvider time)
{
    private const int ChangesMax = 64;

    private readonly Lock _gate = new();
    private readonly Channel<CameraHealth> _changes = Channel.CreateBounded<CameraHealth>(
        new BoundedChannelOptions(ChangesMax) { FullMode = BoundedChannelFullMode.DropOldest });
    private CameraHealth _current = new(CameraState.Off, null, 0, 0, CaptureTime.Now(time));

    internal CameraHealth Current => Volatile.Read(ref _current);

    /// <summary>Every change; a reader who sleeps loses the oldest.</summary>
    internal ChannelReader<CameraHealth> Changes => _changes.Reader;

    internal void Off() => Change(h => h with { State = CameraState.Off, Reason = null });

    /// <summary>An encoder is being started. A failure stays on show until a frame proves it over.</summary>
    internal void Starting(uint streamId) => Change(h => h with
    {
        State = h.State == CameraState.Failed ? h.State : CameraState.Starting,
        StreamId = streamId,
    });

    internal void Frame() => Change(h => h.State == CameraState.Blind ? h : h with { State = CameraState.Running, Reason = null });

    internal void Blind(bool blind) => Change(h => (blind, h.State) switch
    {
        (true, CameraState.Running) => h with { State = CameraState.Blind, Reason = "the picture is one even surface: covered, sprayed over or dark" },
        (false, CameraState.Blind) => h with { State = CameraState.Running, Reason = null },
        _ => h,
    });

    internal void Failed(string reason, bool restarts) => Change(h => h with
    {
        State = CameraState.Failed,
        Reason = reason,
        Restarts = h.Restarts + (restarts ? 1 : 0),
    });

    internal void Complete() => _changes.Writer.TryComplete();

    private void Change(Func<CameraHealth, CameraHealth> change)
    {
        lock (_gate)
        {
            CameraHealth next = change(_current);
            if (next == _current) return;
            if (next.State != _current.State) next = next with { Since = CaptureTime.Now(time) };
            Volatile.Write(ref _current, next);
            _changes.Writer.TryWrite(next);
        }
    }
}
