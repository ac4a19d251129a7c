using System.Diagnostics;
using System.Text.RegularExpressions;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests;

/// <summary>The rules of docs/design/ledger.md over every order of events, by SPIN; test/models/README.md.</summary>
public sealed partial class FinalityModelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cinnabar-model-");

    [Theory]
    [InlineData("-DN=4 -DF=1 -DQ=3")]
    [InlineData("-DN=4 -DF=1 -DQ=3 -DHONEST_OWNER")]
    [InlineData("-DN=5 -DF=1 -DQ=4")]
    [InlineData("-DN=5 -DF=1 -DQ=4 -DHONEST_OWNER -DEPOCHS")]
    [InlineData("-DN=4 -DF=1 -DQ=3 -DEPOCHS")]
    [InlineData("-DN=4 -DF=1 -DQ=3 -DEPOCHS -DHONEST_OWNER")]
    public void Rules_KeepEveryInvariant(string numbers) => Assert.Equal(0, Violations(numbers));

    [Theory]
    [InlineData("-DN=5 -DF=1 -DQ=3")] // 2f + 1 of five courts is no majority of majorities
    [InlineData("-DN=4 -DF=1 -DQ=3 -DSIGN_FIRST")]
    [InlineData("-DN=4 -DF=1 -DQ=3 -DEPOCHS -DSEAL_BY_FINAL")]
    [InlineData("-DN=4 -DF=1 -DQ=3 -DEPOCHS -DSEAL_BY_FINAL -DHONEST_OWNER")]
    public void RuleLeftOut_BreaksAnInvariant(string numbers) => Assert.Equal(1, Violations(numbers));

    public void Dispose() => _folder.Delete(recursive: true);

    private int Violations(string numbers)
    {
        Run("spin", ["-a", .. numbers.Split(' '), Repository.Path("test", "models", "finality.pml")]);
        Run("cc", ["-O2", "-w", "-DSAFETY", "-DCOLLAPSE", "-o", "pan", "pan.c"]);
        var said = Run("./pan", ["-m1000000"]);
        // A search cut short has proved nothing.
        Assert.DoesNotContain("max search depth too small", said, StringComparison.Ordinal);
        var errors = Errors().Match(said);
        Assert.True(errors.Success, said);
        return int.Parse(errors.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
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
}
