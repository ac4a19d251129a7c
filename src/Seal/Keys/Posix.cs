using System.Runtime.InteropServices;

namespace Cinnabar.Seal.Keys;

/// <summary>The few calls of the C library that .NET has no name for: who owns a file, and fsync of a folder.</summary>
internal static unsafe partial class Posix
{
    private const int AtFdCwd = -100;
    private const int AtSymlinkNoFollow = 0x100;
    private const uint StatxBasicStats = 0x7ff;

    /// <summary>O_RDONLY | O_DIRECTORY | O_CLOEXEC differ by architecture only in O_DIRECTORY, which is not needed here.</summary>
    private const int OpenReadOnlyCloseOnExec = 0x80000;

    /// <summary>Kind of file, permission bits and owner of the path itself: a symbolic link is not followed.</summary>
    /// <exception cref="IOException">The path cannot be examined.</exception>
    public static FileIdentity Identify(string path)
    {
        // struct statx has one layout on every architecture (linux/stat.h): uid at 20, mode at 28.
        var buffer = stackalloc byte[256];
        if (Statx(AtFdCwd, path, AtSymlinkNoFollow, StatxBasicStats, buffer) != 0)
        {
            throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }

        return new FileIdentity(*(ushort*)(buffer + 28), *(uint*)(buffer + 20));
    }

    public static uint EffectiveUser() => GetEffectiveUser();

    /// <summary>Makes the names in a folder durable: a rename is lost by a power cut until its folder is synced.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void SyncFolder(string path)
    {
        var descriptor = Open(path, OpenReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }

        var failed = Fsync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (failed)
        {
            throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
