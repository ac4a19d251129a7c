using System.Net.Sockets;

namespace Cinnabar.Seal.Camera;

/// <summary>
/// Three listening sockets in a private folder, one for each picture output of one ffmpeg. Sockets and not FIFOs: their
/// waiting costs no thread, can be cancelled, and ends when the writer is killed.
/// </summary>
internal sealed class StillSockets : IDisposable
{
    private readonly string _folder;
    private int _awaited = 3;

    internal StillSockets()
    {
        // mkdtemp: fresh, and closed to everybody else, on a folder that others may write to.
        _folder = Directory.CreateTempSubdirectory("cinnabar-camera-").FullName;
        StillPath = Path.Combine(_folder, "still");
        ThumbPath = Path.Combine(_folder, "thumb");
        GrayPath = Path.Combine(_folder, "gray");
        Still = Listen(StillPath);
        Thumb = Listen(ThumbPath);
        Gray = Listen(GrayPath);
    }

    internal string StillPath { get; }

    internal string ThumbPath { get; }

    internal string GrayPath { get; }

    internal Socket Still { get; }

    internal Socket Thumb { get; }

    internal Socket Gray { get; }

    public void Dispose()
    {
        Still.Dispose();
        Thumb.Dispose();
        Gray.Dispose();
        RemoveFolder();
    }

    /// <summary>Waits for ffmpeg on one of the three. With the last of them the folder has served and goes: whoever kills this program later leaves none behind.</summary>
    internal async Task<Socket> AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        Socket socket = await listener.AcceptAsync(cancellationToken);
        if (Interlocked.Decrement(ref _awaited) == 0) RemoveFolder();
        return socket;
    }

    private void RemoveFolder()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It went with the last connection.
        }
        catch (IOException)
        {
            // Left for the system's cleaning of its temporary folder; nothing depends on it.
        }
    }

    private static Socket Listen(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            socket.Listen(1);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
