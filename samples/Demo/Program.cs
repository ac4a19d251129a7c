using System.CommandLine;
using Cinnabar.Demo;
using Cinnabar.Demo.Courts;

var headless = new Option<bool>("--headless") { Description = "Play the whole job without a person and exit" };
var report = new Option<FileInfo?>("--report") { Description = "Write what was measured, as JSON" };
var camera = new Option<string?>("--camera") { Description = "A real camera instead of the drawn door: file, rtsp:// URL or V4L2 node" };
var port = new Option<int>("--port") { Description = "Port of the console; 0 takes a free one", DefaultValueFactory = _ => 8080 };
var courts = new Option<int>("--courts") { Description = "1, or 5 that watch each other, with an anchor engine", DefaultValueFactory = _ => 1 };
courts.Validators.Add(given =>
{
    if (given.GetValueOrDefault<int>() is not (1 or 5))
    {
        given.AddError("--courts takes 1 or 5.");
    }
});
var root = new RootCommand("Cuts a seal and shows what follows: siren, warnings, pictures, log, proof") { headless, report, camera, port, courts };
root.SetAction(async (parsed, cancellationToken) =>
{
    var timeline = new Timeline();
    var isHeadless = parsed.GetValue(headless);
    var options = new DemoOptions(parsed.GetValue(camera), isHeadless ? 0 : parsed.GetValue(port));
    try
    {
        if (parsed.GetValue(courts) == DemoCourt.Count)
        {
            await using var five = await CourtsWorld.StartAsync(options, timeline, cancellationToken);
            return isHeadless
                ? await new CourtsHeadless(five, timeline).RunAsync(parsed.GetValue(report), cancellationToken)
                : await new CourtsGuided(five, timeline).RunAsync(cancellationToken);
        }

        await using var world = await DemoWorld.StartAsync(options, timeline, cancellationToken);
        return isHeadless
            ? await new HeadlessRun(world, timeline).RunAsync(parsed.GetValue(report), cancellationToken)
            : await new GuidedRun(world, timeline).RunAsync(cancellationToken);
    }
    catch (Exception problem) when (problem is DemoException or HttpRequestException)
    {
        timeline.Fail(problem.Message);
        return 1;
    }
});

// Ending a court takes longer than the two seconds that the library gives a program after Ctrl-C.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
