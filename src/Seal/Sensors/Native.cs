using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cinnabar.Seal.Sensors;

/// <summary>The few system calls that a device node needs and that .NET has no name for.</summary>
internal static partial class Native
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int TryAgain = 11;
    public const int Interrupted = 4;
    public const int TypeMask = 0xF000;
    public const int TypePipe = 0x1000;
    public const int TypeCharacterDevice = 0x2000;
    public const short PollIn = 1;
    public const short PollErrorOrHangup = 0x8 | 0x10 | 0x20;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle handle, Span<byte> buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollRequest request, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle handle, nuint request, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> result);

    /// <summary>The type bits of a node's mode, or 0 when it cannot be looked at; see <c>inode(7)</c>.</summary>
    public static int TypeOf(string path)
    {
        const int CurrentFolder = -100;
        const int ModeOffset = 28;
        Span<byte> result = stackalloc byte[256];
        return StatX(CurrentFolder, path, 0, 1, result) == 0
            ? MemoryMarshal.Read<ushort>(result[ModeOffset..]) & TypeMask
            : 0;
    }

    /// <summary>The system's own sentence for the last error.</summary>
    public static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    [StructLayout(LayoutKind.Sequential)]
    public struct PollRequest
    {
        public int Descriptor;
        public short Wanted;
        public short Returned;
    }
}
