using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Cinnabar.Seal.Voice;

/// <summary>
/// One running <c>aplay</c> that has opened its device and waits for samples on its standard input. If
/// this program dies, aplay reads the end of its input and goes too.
/// </summary>
internal sealed partial class Player : IDisposable
{
    private const int SetFlags = 4;
    private const int SetPipeSize = 1031;
    private const int NonBlocking = 0x800;
    private const int TryAgain = 11;
    private const int Interrupted = 4;

    /// <summary>The least a Linux pipe holds: 93 ms of sound, so a slow device cannot queue up seconds.</summary>
    private const int PipeBytes = 4_096;

    private readonly Process _process;
    private readonly SafeHandle _input;
    private volatile string _lastError = "";

    private Player(Process process)
    {
        _process = process;
        _input = ((AnonymousPipeClientStream)process.StandardInput.BaseStream).SafePipeHandle;
        process.ErrorDataReceived += (_, line) => _lastError = line.Data is { Length: > 0 } text ? text : _lastError;
        process.BeginErrorReadLine();

        // A hung device must not hang this thread: writes answer at once, and the caller counts the time.
        _ = Control(_input, SetPipeSize, PipeBytes);
        if (Control(_input, SetFlags, NonBlocking) != 0)
        {
            throw new IOException("The pipe to aplay cannot be made non-blocking.");
        }
    }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <exception cref="IOException">aplay cannot be started; the message says why.</exception>
    public static Player Start(AudioOptions options)
    {
        var start = new ProcessStartInfo(options.Aplay)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            "-q", "-D", options.Device, "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", $"{PcmClip.Rate}",
            $"--period-size={options.PeriodFrames}", $"--buffer-size={options.BufferFrames}",

            // Start the device with the first 10 ms instead of with a full buffer.
            "--start-delay=10000", "-",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (options.AlsaConfigPath is { } path)
        {
            start.Environment["ALSA_CONFIG_PATH"] = path;
        }

        try
        {
            return new Player(Process.Start(start) ?? throw new IOException($"{options.Aplay} did not start."));
        }
        catch (Win32Exception error)
        {
            throw new IOException($"{options.Aplay} cannot be started ({error.Message}): install alsa-utils.", error);
        }
    }

    /// <summary>Writes what the pipe takes now; 0 when it is full.</summary>
    /// <returns>Bytes taken.</returns>
    /// <exception cref="IOException">aplay is gone.</exception>
    public int TryWrite(ReadOnlySpan<byte> bytes)
    {
        var count = (int)Write(_input, bytes, (nuint)bytes.Length);
        if (count >= 0)
        {
            return count;
        }

        var error = Marshal.GetLastPInvokeError();
        return error is TryAgain or Interrupted ? 0 : throw new IOException("aplay is gone: " + Reason());
    }

    /// <summary>Why it ended, as far as it said.</summary>
    public string Reason()
    {
        if (!_process.WaitForExit(200))
        {
            return "its input is closed";
        }

        // Without a limit this waits for the last line on standard error, which a dead process cannot delay.
        _process.WaitForExit();
        return _lastError.Length > 0 ? _lastError : $"exit code {_process.ExitCode}";
    }

    public void Dispose()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // Already gone: that is what was wanted.
        }

        // The device is free for the next aplay only when this one has gone.
        _process.WaitForExit(1_000);
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeHandle handle, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeHandle handle, int command, int argument);
}
