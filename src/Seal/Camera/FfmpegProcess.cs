using System.ComponentModel;
using System.Diagnostics;

namespace Cinnabar.Seal.Camera;

/// <summary>One ffmpeg, our own child: started, drained, asked to end, and killed when it does not. Thread safe.</summary>
internal sealed class FfmpegProcess : IDisposable
{
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly OutputTail _tail;
    private readonly Task _drain;

    private FfmpegProcess(Process process, StreamAddress? address)
    {
        _process = process;
        _tail = new(address);
        _drain = DrainAsync();
    }

    /// <summary>The FLV bytes.</summary>
    internal Stream Video => _process.StandardOutput.BaseStream;

    /// <summary>The child's process id.</summary>
    internal int Id => _process.Id;

    /// <summary>Starts the program; of <paramref name="address"/>, which stands in its arguments, nothing secret is repeated.</summary>
    /// <exception cref="IOException">It could not be started; the message says why.</exception>
    internal static FfmpegProcess Start(string program, IReadOnlyList<string> arguments, StreamAddress? address)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return new(Process.Start(start) ?? throw new IOException($"{program} did not start"), address);
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{program} could not be started: {e.Message}", e);
        }
    }

    /// <summary>Asks ffmpeg to end (its <c>q</c> key) and kills it when it is still there a second later, as one waiting in open(2) is.</summary>
    internal void Stop()
    {
        try
        {
            _process.StandardInput.Write('q');
            _process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // Already gone or already asked: the wait below settles it.
        }
        try
        {
            if (!_process.WaitForExit(ExitLimit)) _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // Gone and disposed of between the two lines.
        }
    }

    /// <summary>Kills the child at once. Harmless when it is gone.</summary>
    internal void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // Gone already.
        }
    }

    /// <summary>Waits for the end and says in one line how it came: what it means, exit code and what ffmpeg said last.</summary>
    internal string Ending()
    {
        if (!_process.WaitForExit(ExitLimit))
        {
            Kill();
            _process.WaitForExit();
        }
        _drain.Wait(ExitLimit);
        return SourceTrouble.Tell(_process.ExitCode, _tail.Lines());
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private async Task DrainAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            Stream errors = _process.StandardError.BaseStream;
            int count;
            while ((count = await errors.ReadAsync(buffer)) > 0) _tail.Append(buffer.AsSpan(0, count));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The pipe closed with its process.
        }
    }
}
