using System.CommandLine;
using Cinnabar.Station.Setup;

var data = new Option<DirectoryInfo>("--data") { Description = "The court's data folder", Required = true };
var root = new RootCommand("The court's station: takes what seals state, warns, records, proves")
{
    RunCommand.Create(data),
    InitCommand.Create(data),
    AdminCommand.Create(data),
    FsckCommand.Create(data),
    OpenApiCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
