using Cinnabar.Ledger.Tests.Faults;

namespace Cinnabar.Ledger.Tests;

/// <summary>Runs the tests, or, called with <c>child</c>, is the log writer or mirror that the fault tests break.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) =>
        args is ["child", "mirror-write" or "mirror-once", ..] ? Task.FromResult(ChildMirror.Run(args[1..]))
        : args is ["child", ..] ? ChildWriter.RunAsync(args[1..]) : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
}
