using System.CommandLine;
using Cinnabar.Cli;

var language = Language.Option();
var root = new RootCommand("Check what a court's electronic seals recorded. 核验法院电子封条的记录。")
{
    VerifyCommand.Create(language),
    InspectCommand.Create(language),
    FsckCommand.Create(language),
    EnrolCommand.Create(language),
};
root.Add(language);
var parsed = root.Parse(args);
var exit = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCode.Usage : exit;
