using System.Buffers.Binary;
using Cinnabar.Seal.Custody;
using Microsoft.Win32.SafeHandles;

namespace Cinnabar.Seal.Sensors;

/// <summary>
/// Strip loop, door contact, cover, wall switch and approach sensor from a Linux input node: <c>struct input_event</c>
/// of 64-bit kernels, 24 bytes (seconds, microseconds, type, code, value). The kernel's time of the edge
/// is kept in <see cref="Moment.Edge"/>.
/// </summary>
internal sealed class InputEventReader : INodeReader, IDisposable
{
    public const int RecordSize = 24;

    private const ushort Synchronise = 0;
    private const ushort Dropped = 3;
    private const int Repeat = 2;

    /// <summary>Bytes of a state bitmap: enough for the 0x300 key codes.</summary>
    private const int BitmapSize = 96;

    private readonly InputEventOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<Reading> _emit;
    private readonly DeviceNode _node;
    private readonly Dictionary<SealInput, bool> _last = [];

    /// <param name="options">Node and mapping.</param>
    /// <param name="time">Clock of receipt.</param>
    /// <param name="emit">Called on the sensor's own thread; must not block and must not throw.</param>
    public InputEventReader(InputEventOptions options, TimeProvider time, Action<Reading> emit)
    {
        if (options.Errors() is { Length: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        _options = options;
        _time = time;
        _emit = emit;
        _node = new DeviceNode(options.Path, this, time);
    }

    public void Start() => _node.Start();

    public void Dispose() => _node.Dispose();

    int INodeReader.Prepare() => RecordSize;

    void INodeReader.OnOpened(SafeFileHandle node) => ReadState(node);

    void INodeReader.OnRecord(ReadOnlySpan<byte> record, SafeFileHandle node)
    {
        var type = BinaryPrimitives.ReadUInt16LittleEndian(record[16..]);
        var code = BinaryPrimitives.ReadUInt16LittleEndian(record[18..]);
        var value = BinaryPrimitives.ReadInt32LittleEndian(record[20..]);
        if (type == Synchronise && code == Dropped)
        {
            // The kernel's queue ran over: edges are lost, so the loss is told and the state read anew.
            _emit(new Reading.Fault(Moment.Of(_time), _options.Sensor, "the kernel dropped events"));
            ReadState(node);
            _emit(new Reading.Recovered(Moment.Of(_time), _options.Sensor));
            return;
        }

        foreach (var mapping in _options.Mappings)
        {
            if (mapping.Type == type && mapping.Code == code && value != Repeat)
            {
                var active = (value != 0) == (mapping.ActiveValue == 1);
                _last[mapping.Input] = active;
                _emit(new Reading.Contact(Moment.Of(_time, EdgeOf(record)), mapping.Input, active));
            }
        }
    }

    void INodeReader.OnFault(string reason) => _emit(new Reading.Fault(Moment.Of(_time), _options.Sensor, reason));

    void INodeReader.OnRecovered() => _emit(new Reading.Recovered(Moment.Of(_time), _options.Sensor));

    /// <summary>The time as sent, whatever it is; receipt when it is no time at all (a feeder may send zeros).</summary>
    private DateTimeOffset EdgeOf(ReadOnlySpan<byte> record)
    {
        var seconds = BinaryPrimitives.ReadInt64LittleEndian(record);
        var microseconds = BinaryPrimitives.ReadInt64LittleEndian(record[8..]);
        return seconds is > 0 and < 253_402_300_799 && microseconds is >= 0 and < 1_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).AddMicroseconds(microseconds)
            : _time.GetUtcNow();
    }

    /// <summary>
    /// Asks the kernel for the present state (EVIOCGKEY, EVIOCGSW), so that a strip cut while this program
    /// was away is not missed. A pipe does not know: then only edges count.
    /// </summary>
    private void ReadState(SafeFileHandle node)
    {
        Span<byte> bits = stackalloc byte[BitmapSize];
        foreach (var mapping in _options.Mappings)
        {
            bits.Clear();
            nuint number = mapping.Type == InputMapping.Key ? 0x18u : 0x1bu;
            if (Native.Control(node, 0x8000_0000u | (BitmapSize << 16) | ('E' << 8) | number, bits) < 0)
            {
                return;
            }

            var set = (bits[mapping.Code / 8] >> (mapping.Code % 8) & 1) != 0;
            var active = set == (mapping.ActiveValue == 1);
            if (!_last.TryGetValue(mapping.Input, out var before) || before != active)
            {
                _last[mapping.Input] = active;
                _emit(new Reading.Contact(Moment.Of(_time), mapping.Input, active));
            }
        }
    }
}
