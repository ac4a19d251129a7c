using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cinnabar.Seal.Sensors;

/// <summary>
/// Reads records of one size from a device node on a thread of its own, for as long as the program
/// runs: a node that vanishes, fails or sends garbage is reported and opened again, never an exception.
/// A named pipe may stand in. It is opened for writing too, so that feeders may come and go without an
/// end of file, and nothing is lost between two of them.
/// </summary>
internal sealed class DeviceNode : IDisposable
{
    /// <summary>How often a quiet node is checked for still being there.</summary>
    private const int QuietMilliseconds = 250;

    /// <summary>A record that is not completed in this time never will be: a kernel node sends whole records.</summary>
    private static readonly TimeSpan PartialLimit = TimeSpan.FromSeconds(1);

    /// <summary>Rest between two attempts.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string _path;
    private readonly INodeReader _reader;
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stop = new(false);
    private byte[] _buffer = [];
    private int _held;
    private long _partialSince;
    private bool _faulty;
    private bool _faultUntilRecord;

    public DeviceNode(string path, INodeReader reader, TimeProvider time)
    {
        _path = path;
        _reader = reader;
        _time = time;
        _thread = new Thread(Run) { IsBackground = true, Name = "sensor " + Path.GetFileName(path), Priority = ThreadPriority.AboveNormal };
    }

    public void Start() => _thread.Start();

    public void Dispose()
    {
        _stop.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.IsSet)
        {
            try
            {
                ReadUntilBroken();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                Fault(error.Message, untilRecord: false);
            }

            _stop.Wait(Pause);
        }
    }

    private void ReadUntilBroken()
    {
        var size = _reader.Prepare();
        _buffer = new byte[size * 64];
        _held = 0;
        using var handle = Open();
        if (!_faultUntilRecord)
        {
            Recovered();
        }

        _reader.OnOpened(handle);
        ReadRecords(handle, size);
    }

    private SafeFileHandle Open()
    {
        var type = Native.TypeOf(_path);
        if (type is not (0 or Native.TypePipe or Native.TypeCharacterDevice))
        {
            // A plain file would be read again from its start at every end, and old cuts told as new ones.
            throw new IOException("is neither a device nor a named pipe");
        }

        var access = type == Native.TypePipe ? Native.ReadWrite : Native.ReadOnly;
        var descriptor = Native.Open(_path, access | Native.NonBlocking | Native.CloseOnExec, 0);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException("cannot be opened: " + Native.LastError());
    }

    private void Fault(string reason, bool untilRecord)
    {
        if (!_faulty)
        {
            (_faulty, _faultUntilRecord) = (true, untilRecord);
            _reader.OnFault(reason);
        }
    }

    private void Recovered()
    {
        if (_faulty)
        {
            (_faulty, _faultUntilRecord) = (false, false);
            _reader.OnRecovered();
        }
    }

    private void ReadRecords(SafeFileHandle handle, int size)
    {
        while (!_stop.IsSet)
        {
            var request = new Native.PollRequest { Descriptor = (int)handle.DangerousGetHandle(), Wanted = Native.PollIn };
            var ready = Native.Poll(ref request, 1, QuietMilliseconds);
            if (ready > 0 && (request.Returned & Native.PollIn) != 0)
            {
                if (!ReadSome(handle, size))
                {
                    return;
                }
            }
            else if ((ready > 0 && (request.Returned & Native.PollErrorOrHangup) != 0) || (ready == 0 && !File.Exists(_path)))
            {
                Fault("vanished", untilRecord: false);
                return;
            }

            if (_held > 0 && _time.GetElapsedTime(_partialSince) > PartialLimit)
            {
                Fault($"sent {_held} bytes of a record of {size}", untilRecord: true);
                return;
            }
        }
    }

    private bool ReadSome(SafeFileHandle handle, int size)
    {
        var count = (int)Native.Read(handle, _buffer.AsSpan(_held), (nuint)(_buffer.Length - _held));
        if (count <= 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (count < 0 && error is (Native.TryAgain or Native.Interrupted))
            {
                return true;
            }

            Fault(count == 0 ? "ended" : "cannot be read: " + Native.LastError(), untilRecord: true);
            return false;
        }

        if (_held == 0)
        {
            _partialSince = _time.GetTimestamp();
        }

        _held += count;
        var used = 0;
        for (; _held - used >= size; used += size)
        {
            Recovered();
            _reader.OnRecord(_buffer.AsSpan(used, size), handle);
        }

        if (used > 0)
        {
            _held -= used;
            _buffer.AsSpan(used, _held).CopyTo(_buffer);
            _partialSince = _time.GetTimestamp();
        }

        return true;
    }
}
