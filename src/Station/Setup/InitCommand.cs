using System.CommandLine;
using System.Text.Json;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Registry.Cases;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station init</c>: makes the data folder of a new court.</summary>
internal static class InitCommand
{
    /// <summary>Name of the court's identity within the data folder.</summary>
    public const string IdentityFile = "court.json";

    public static Command Create(Option<DirectoryInfo> data)
    {
        var name = new Option<string>("--court") { Description = "Name of the court, such as 北京市海淀区人民法院", Required = true };
        var english = new Option<string>("--court-en") { Description = "Name of the court in English", Required = true };
        var code = new Option<string>("--code") { Description = "Court code of its case numbers, such as 京0108", Required = true };
        var origin = new Option<string>("--origin") { Description = "Name of its log: a URL without schema, such as log.court.example/2026", Required = true };
        var phone = new Option<string?>("--duty-phone") { Description = "Telephone of the duty desk" };
        var address = new Option<string?>("--address") { Description = "Address of the court for visitors" };
        var command = new Command("init", "Make the data folder of a new court: keys, CA, the log's first entry") { data, name, english, code, origin, phone, address };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(data), new CourtIdentity(
            parsed.GetRequiredValue(name), parsed.GetRequiredValue(english), parsed.GetRequiredValue(code),
            parsed.GetRequiredValue(origin), parsed.GetValue(phone), parsed.GetValue(address))));
        return command;
    }

    private static int Run(DirectoryInfo data, CourtIdentity court)
    {
        if (Fault(data, court) is { } fault)
        {
            System.Console.Error.WriteLine(fault);
            return 1;
        }

        var roster = Make(data, court);
        System.Console.WriteLine($"Court {court.Name} ({court.Code}), log {court.Origin}");
        System.Console.WriteLine($"Roster fingerprint {roster}: publish it where opposing parties can find it.");
        return 0;
    }

    /// <summary>Fills an empty folder.</summary>
    /// <returns>The fingerprint of the roster: the hash of the log's first entry.</returns>
    public static Digest Make(DirectoryInfo data, CourtIdentity court)
    {
        Directory.CreateDirectory(data.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        StationKeys.Create(data.FullName);
        CertificateAuthority.Create(StationKeys.Folder(data.FullName), court.Name, DateTimeOffset.UtcNow);
        using var keys = StationKeys.Open(data.FullName);
        var genesis = GenesisFile.Create(data.FullName, court, keys, DateTimeOffset.UtcNow);

        // Last: a folder without it is one that init did not finish.
        File.WriteAllText(Path.Combine(data.FullName, IdentityFile), JsonSerializer.Serialize(court, SetupJson.Default.CourtIdentity));
        return genesis.Hash;
    }

    private static string? Fault(DirectoryInfo data, CourtIdentity court) =>
        data.Exists && data.EnumerateFileSystemInfos().Any() ? $"{data.FullName} is not empty: a court's keys are never replaced. Name another folder."
        : !CourtCode.TryParse(court.Code, out _) ? $"\"{court.Code}\" is no court code such as 京0108: province, then nothing, two or four digits."
        : !NoteKey.IsName(court.Origin) ? $"\"{court.Origin}\" names no log: no spaces, no control characters, no '+'."
        : null;

    /// <summary>Reads the identity back.</summary>
    /// <exception cref="FileNotFoundException">The folder was not made by <c>init</c>.</exception>
    public static CourtIdentity Read(DirectoryInfo data) => JsonSerializer.Deserialize(
        File.ReadAllText(Path.Combine(data.FullName, IdentityFile)), SetupJson.Default.CourtIdentity)!;
}
