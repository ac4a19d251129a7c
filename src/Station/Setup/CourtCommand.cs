using System.CommandLine;
using System.Security.Cryptography;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station court</c>: which courts watch each other. Every step reads and writes files, which travel by mail or hand.</summary>
internal static class CourtCommand
{
    public static Command Create(Option<DirectoryInfo> data, TimeProvider time) => new("court", "Agree with other courts to watch each other: docs/operate/courts.md")
    {
        CourtMemberCommand.Create(data),
        CourtProposeCommand.Create(),
        CourtShowCommand.Create(),
        CourtApproveCommand.Create(data, time),
        CourtAdoptCommand.Create(data),
        CourtSealCommand.Create(data, time),
    };

    /// <summary>Gives a command its work; what it refuses becomes one sentence and exit code 1.</summary>
    public static void SetWork(Command command, Action<ParseResult, TextWriter> work) => command.SetAction(parsed =>
    {
        try
        {
            work(parsed, parsed.InvocationConfiguration.Output);
            return 0;
        }
        catch (Exception refused) when (refused is CourtRefusedException or IOException or UnauthorizedAccessException or InvalidDataException or CryptographicException or LogStoreException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(refused.Message);
            return 1;
        }
    });

    /// <summary>The file that a command makes.</summary>
    public static Option<FileInfo> Out(string description) => new("--out") { Description = description, Required = true };
}
