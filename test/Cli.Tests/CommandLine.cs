using System.Diagnostics;
using Cinnabar.Shared;

namespace Cinnabar.Cli.Tests;

/// <summary>Runs the built program as a user would, in its own process.</summary>
internal static class CommandLine
{
    /// <summary>Where the build put the program: beside this test's own folder, in the same configuration.</summary>
    public static string Program { get; } = Find();

    public static Task<Outcome> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), "", arguments);

    public static async Task<Outcome> RunAsync(IReadOnlyDictionary<string, string> environment, string input, params string[] arguments) =>
        await RunAsync(Program, environment, input, arguments);

    public static async Task<Outcome> RunAsync(string program, IReadOnlyDictionary<string, string> environment, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LANG"] = "C.UTF-8";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(process.ExitCode, await output, await error);
    }

    public static string Vector(string folder, string file) => Repository.Path("vectors", folder, file);

    private static string Find()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, "Cli", own.Name, "cinnabar");
    }

    internal sealed record Outcome(int Exit, string Output, string Error);
}
