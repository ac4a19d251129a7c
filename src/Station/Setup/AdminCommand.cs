using System.CommandLine;
using Cinnabar.Station.Console;
using Cinnabar.Station.Facts;
using Microsoft.AspNetCore.Identity;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station admin</c>: makes the first account, because nobody can sign in to make it.</summary>
internal static class AdminCommand
{
    public static Command Create(Option<DirectoryInfo> data)
    {
        var login = new Option<string>("--login") { Description = "Login of the account", Required = true };
        var name = new Option<string?>("--name") { Description = "Name shown in the console; default the login" };
        var role = new Option<string[]>("--role") { Description = "Roles of the account; default administrator", AllowMultipleArgumentsPerToken = true };
        var file = new Option<string>("--password-file") { Description = "File with the password in its first line; - reads standard input", DefaultValueFactory = _ => "-" };
        var command = new Command("admin", "Make an account, as a rule the first administrator") { data, login, name, role, file };
        command.SetAction(async (parsed, _) =>
        {
            var roles = parsed.GetValue(role);
            var source = parsed.GetRequiredValue(file);
            using var reader = source == "-" ? System.Console.In : new StreamReader(source);
            var draft = new AccountDraft(
                parsed.GetRequiredValue(login), parsed.GetValue(name), await reader.ReadLineAsync(CancellationToken.None),
                roles is { Length: > 0 } ? roles : [Access.Administrator], null, "zh");
            return await RunAsync(parsed.GetRequiredValue(data), draft);
        });
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo data, AccountDraft draft)
    {
        if (!File.Exists(Path.Combine(data.FullName, InitCommand.IdentityFile)))
        {
            System.Console.Error.WriteLine($"{data.FullName} is no court's data folder. Run cinnabar-station init first.");
            return 1;
        }

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new StationDatabase(Path.Combine(data.FullName, "station.db")));
        services.AddAccounts();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var errors = await Accounts.CreateAsync(scope.ServiceProvider.GetRequiredService<UserManager<CourtUser>>(), draft);
        foreach (var error in errors)
        {
            System.Console.Error.WriteLine(error);
        }

        return errors.Count == 0 ? 0 : 1;
    }
}
