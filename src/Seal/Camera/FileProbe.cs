using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Cinnabar.Seal.Camera;

/// <summary>Asks the kernel for a path's file type. .NET hides it, and opening a FIFO to find out would wait for its writer.</summary>
internal static partial class FileProbe
{
    private const int AtFdCwd = -100;
    private const uint StatxType = 1;
    private const int StatxBytes = 256;
    private const int StatxModeAt = 28;

    internal static FileKind KindOf(string path)
    {
        // statx(2): the one stat call whose structure is the same on every architecture.
        Span<byte> buffer = stackalloc byte[StatxBytes];
        if (Statx(AtFdCwd, path, 0, StatxType, ref MemoryMarshal.GetReference(buffer)) != 0) return FileKind.Missing;
        int mode = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(buffer[StatxModeAt..])
            : BinaryPrimitives.ReadUInt16BigEndian(buffer[StatxModeAt..]);
        return (mode & 0xF000) switch
        {
            0x1000 => FileKind.Pipe,
            0x2000 => FileKind.CharacterDevice,
            0x8000 => FileKind.Regular,
            _ => FileKind.Other,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte result);
}
