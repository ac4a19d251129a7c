using Cinnabar.Ledger.Tests.Faults;

namespace Cinnabar.Ledger.Tests;

/// <summary>Runs the tests, or, called with <c>child</c>, is the log writer that the fault tests break.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) =>
        args is ["child", ..] ? ChildWriter.RunAsync(args[1..]) : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
}
