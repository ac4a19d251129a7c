using System.Net.Sockets;

namespace Cinnabar.Seal.Camera;

/// <summary>Reads the three picture outputs of one ffmpeg and joins what belongs to one instant: the k-th of each, since none of them drops a frame.</summary>
internal sealed class StillAssembler(uint streamId, TimeProvider time, Action<StillFrame> onFrame)
{
    // The outputs run in step; one that falls this far behind another has lost frames and would pair wrongly.
    private const int AheadMax = 50;

    private readonly Lock _gate = new();
    private readonly Queue<JpegPicture> _stills = new();
    private readonly Queue<JpegPicture> _thumbs = new();
    private readonly Queue<byte[]> _grays = new();
    private readonly Queue<CaptureTime> _times = new();
    private long _joined;

    /// <summary>Reads until ffmpeg closes the outputs.</summary>
    /// <exception cref="MediaFormatException">An output is malformed or the outputs fell out of step.</exception>
    internal async Task RunAsync(StillSockets sockets, CancellationToken cancellationToken)
    {
        Task[] readers =
        [
            ReadAsync(sockets, sockets.Still, JpegsInto(_stills), cancellationToken),
            ReadAsync(sockets, sockets.Thumb, JpegsInto(_thumbs), cancellationToken),
            ReadAsync(sockets, sockets.Gray, GraysInto(), cancellationToken),
        ];
        // The first to fail ends the run; the others end with their sockets.
        await await Task.WhenAny(readers);
        await Task.WhenAll(readers);
    }

    private static async Task ReadAsync(StillSockets sockets, Socket listener, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        using Socket socket = await sockets.AcceptAsync(listener, cancellationToken);
        byte[] buffer = new byte[32 * 1024];
        int count;
        while ((count = await socket.ReceiveAsync(buffer, cancellationToken)) > 0) take(buffer.AsMemory(0, count));
    }

    private Action<ReadOnlyMemory<byte>> JpegsInto(Queue<JpegPicture> queue)
    {
        JpegReader reader = new();
        return bytes =>
        {
            foreach (JpegPicture picture in reader.Append(bytes.Span)) Join(queue, picture);
        };
    }

    private Action<ReadOnlyMemory<byte>> GraysInto()
    {
        byte[] gray = new byte[GrayPicture.Bytes];
        int held = 0;
        return bytes =>
        {
            while (!bytes.IsEmpty)
            {
                int count = Math.Min(bytes.Length, gray.Length - held);
                bytes[..count].CopyTo(gray.AsMemory(held));
                bytes = bytes[count..];
                held += count;
                if (held < gray.Length) continue;
                Join(_grays, gray);
                gray = new byte[GrayPicture.Bytes];
                held = 0;
            }
        };
    }

    private void Join<T>(Queue<T> queue, T part)
    {
        lock (_gate)
        {
            queue.Enqueue(part);
            if (queue.Count > AheadMax) throw new MediaFormatException("still outputs fell out of step", _joined);
            if (queue.Count > _times.Count) _times.Enqueue(CaptureTime.Now(time));
            while (_stills.Count > 0 && _thumbs.Count > 0 && _grays.Count > 0)
            {
                _joined++;
                onFrame(new(streamId, _times.Dequeue(), _stills.Dequeue(), _thumbs.Dequeue(), _grays.Dequeue()));
            }
        }
    }
}
