using System.Diagnostics;

namespace Cinnabar.Ledger.Timestamps.Tests;

/// <summary>Runs OpenSSL, the implementation that is not ours.</summary>
internal static class OpenSsl
{
    public static string Run(string folder, params string[] arguments)
    {
        var (code, output) = Try(folder, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"openssl {string.Join(' ', arguments)}: {output}");
    }

    public static (int Code, string Output) Try(string folder, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("openssl", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
