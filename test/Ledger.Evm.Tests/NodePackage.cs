using System.Diagnostics;

namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>A folder of the repository with a package.json and a lock: what Debian does not carry comes from npm.</summary>
internal static class NodePackage
{
    private static readonly Lock s_gate = new();

    /// <summary>Installs what package-lock.json names, once; again only when that changed.</summary>
    public static void Install(string folder)
    {
        lock (s_gate)
        {
            var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
            if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
            {
                Run(folder, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error");
            }
        }
    }

    /// <summary>Runs a program there and gives what it wrote.</summary>
    public static string Run(string folder, string program, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Assert.Fail($"{program} is needed for this test (Node 20 or newer): {missing.Message}");
        }

        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {errors.GetAwaiter().GetResult()}");
        return output;
    }
}
