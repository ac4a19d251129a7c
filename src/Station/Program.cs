using System.CommandLine;
using Cinnabar.Station.Setup;

var data = new Option<DirectoryInfo>("--data") { Description = "The court's data folder", Required = true };
var root = new RootCommand("The court's station: takes what seals state, warns, records, proves")
{
    RunCommand.Create(data),
    InitCommand.Create(data),
    AdminCommand.Create(data),
    FsckCommand.Create(data),
    CourtCommand.Create(data, TimeProvider.System),
    OpenApiCommand.Create(),
};

// The library would end the process two seconds after SIGTERM; seals' sessions, warnings under way and the log close in order.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
