using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests;

/// <summary>One search of SPIN through all states of a model in test/models.</summary>
internal sealed partial class Spin : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cinnabar-model-");

    private Spin()
    {
    }

    /// <summary>Searches for a history that breaks an assertion.</summary>
    public static string? Assertions(string model, string numbers) => Search(model, numbers, ["-O2", "-DSAFETY"], []);

    /// <summary>Searches for one in which, though every process goes on, what should happen never does.</summary>
    public static string? Promises(string model, string numbers) => Search(model, numbers, ["-O1", "-DNFAIR=3"], ["-a", "-f"]);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <returns>What is wrong; null when all was searched and nothing was found.</returns>
    private static string? Search(string model, string numbers, IEnumerable<string> build, IEnumerable<string> search)
    {
        using var spin = new Spin();
        spin.Run("spin", ["-a", .. numbers.Split(' '), Repository.Path("test", "models", model)]);
        spin.Run("cc", ["-w", .. build, "-o", "pan", "pan.c"]);
        var said = spin.Run("./pan", ["-m100000", .. search]);
        var errors = Errors().Match(said);
        Assert.True(errors.Success, said);
        if (int.Parse(errors.Groups[1].Value, CultureInfo.InvariantCulture) > 0)
        {
            return Found().Match(said).Groups[1].Value;
        }

        // A search cut short, by depth or memory, has proved nothing.
        Assert.DoesNotContain("max search depth too small", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Search not completed", said, StringComparison.Ordinal);
        return null;
    }

    private string Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program.StartsWith('.') ? Path.Combine(_folder.FullName, program) : program, arguments)
        {
            WorkingDirectory = _folder.FullName, RedirectStandardOutput = true,
        })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said;
    }

    [GeneratedRegex(@"errors: (\d+)")]
    private static partial Regex Errors();

    [GeneratedRegex(@"^pan:1: (.*) \(at depth", RegexOptions.Multiline)]
    private static partial Regex Found();
}
