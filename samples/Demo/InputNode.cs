using System.Buffers.Binary;

namespace Cinnabar.Demo;

/// <summary>A named pipe that carries Linux input events, as <c>/dev/input/event*</c> does, byte for byte.</summary>
/// <remarks>struct input_event on 64 bits: seconds, microseconds, type, code, value (linux/input.h).</remarks>
public sealed class InputNode : IDisposable
{
    private const ushort Key = 1;
    private const ushort Synchronise = 0;

    private readonly FileStream _pipe;

    /// <summary>Opens both ends, so that writing never waits for the reader to be there.</summary>
    public InputNode(string path) => _pipe = new FileStream(path, new FileStreamOptions
    {
        Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, BufferSize = 0,
    });

    /// <summary>One edge of a contact and the end of its report.</summary>
    /// <returns>The time written into the event, Unix microseconds.</returns>
    public long Send(ushort code, int value, ushort type = Key)
    {
        var micros = (DateTimeOffset.UtcNow.Ticks - DateTimeOffset.UnixEpoch.Ticks) / 10;
        Span<byte> bytes = stackalloc byte[48];
        Write(bytes, micros, type, code, value);
        Write(bytes[24..], micros, Synchronise, 0, 0);
        _pipe.Write(bytes);
        return micros;
    }

    public void Dispose() => _pipe.Dispose();

    private static void Write(Span<byte> bytes, long micros, ushort type, ushort code, int value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, micros / 1_000_000);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], micros % 1_000_000);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[16..], type);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[18..], code);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[20..], value);
    }
}
