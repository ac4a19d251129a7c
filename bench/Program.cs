using System.CommandLine;
using System.Text.Json;
using Cinnabar.Bench;

var json = new Option<FileInfo?>("--json") { Description = "The result is JSON on the screen; with a name, it is written there too", Arity = ArgumentArity.ZeroOrOne };
var runs = new Option<int>("--runs") { Description = "Runs; the median and the worst are told", DefaultValueFactory = _ => 3 };
var count = new Option<int>("--count") { Description = "Statements of a run, seals, cuts, or seconds of video", DefaultValueFactory = _ => 0 };

var courts = new Option<int>("--courts") { Description = "Courts that watch each other; 1 for a court alone", DefaultValueFactory = _ => 1 };
var ledger = new Command("ledger", "Verified, durable statements a second of one court node, or final ones of several, and how long an answer takes") { json, runs, count, courts };
ledger.SetAction((parsed, cancellationToken) => TellAsync(
    "ledger",
    parsed.GetValue(courts) is > 1 and var several
        ? CourtsBench.RunAsync(several, parsed.GetValue(runs), parsed.GetValue(count) is > 0 and var each ? each : 20_000, cancellationToken)
        : LedgerBench.RunAsync(parsed.GetValue(runs), parsed.GetValue(count) is > 0 and var n ? n : 100_000, null, cancellationToken),
    parsed.GetValue(json)));

var alarm = new Command("alarm", "From the cut to siren, warning, picture and live video") { json, count };
alarm.SetAction((parsed, cancellationToken) => TellAsync("alarm", AlarmAsync(parsed.GetValue(count) is > 0 and var n ? n : 400, cancellationToken), parsed.GetValue(json)));

var siren = new Command("siren", "From the cut to the siren alone") { json, count };
siren.SetAction((parsed, cancellationToken) => TellAsync(
    "siren", SirenBench.RunAsync(parsed.GetValue(count) is > 0 and var n ? n : 200, cancellationToken), parsed.GetValue(json)));

var warning = new Command("warning", "From the alarm's frame at the station to the first channel called, alone") { json, count };
warning.SetAction((parsed, cancellationToken) => TellAsync("warning", WarningAsync(parsed.GetValue(count) is > 0 and var n ? n : 400, cancellationToken), parsed.GetValue(json)));

var thumbnail = new Command("thumbnail", "From the cut to the picture on the officer's page, alone") { json, count };
thumbnail.SetAction((parsed, cancellationToken) => TellAsync(
    "thumbnail", ThumbnailBench.RunAsync(parsed.GetValue(count) is > 0 and var n ? n : 20, cancellationToken), parsed.GetValue(json)));

var live = new Command("live", "The live picture in Chromium from glass to glass, alone") { json, count };
live.SetAction((parsed, cancellationToken) => TellAsync(
    "live", LiveBench.RunAsync(parsed.GetValue(count) is > 0 and var n ? n : 20, cancellationToken), parsed.GetValue(json)));

var verify = new Command("verify", "How long one receipt takes to verify offline") { json, runs, count };
verify.SetAction((parsed, cancellationToken) => TellAsync(
    "verify", VerifyBench.RunAsync(parsed.GetValue(runs), parsed.GetValue(count) is > 0 and var n ? n : 5_000, cancellationToken), parsed.GetValue(json)));

return await new RootCommand("Measures on this machine, with a peer beside where there is one") { ledger, alarm, siren, warning, thumbnail, live, verify }
    .Parse(args).InvokeAsync();

static async Task<object> AlarmAsync(int seals, CancellationToken cancellationToken) => new
{
    Siren = await SirenBench.RunAsync(cuts: 200, cancellationToken),
    Warning = await WarningAsync(seals, cancellationToken),
    Thumbnail = await ThumbnailBench.RunAsync(cuts: 20, cancellationToken),
    Live = await LiveBench.RunAsync(seconds: 20, cancellationToken),
};

static async Task<object> WarningAsync(int seals, CancellationToken cancellationToken)
{
    await using var warnings = new WarningBench();
    return await warnings.RunAsync(seals, cancellationToken);
}

static async Task<int> TellAsync(string name, Task<object> measuring, FileInfo? file)
{
    var result = new Dictionary<string, object> { ["bench"] = name, ["machine"] = Machine.Describe(), ["result"] = await measuring };
    var text = JsonSerializer.Serialize(result, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });
    Console.WriteLine(text);
    if (file is not null)
    {
        await File.WriteAllTextAsync(file.FullName, text + "\n");
    }

    return 0;
}
