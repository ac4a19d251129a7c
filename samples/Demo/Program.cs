using System.CommandLine;
using Cinnabar.Demo;

var headless = new Option<bool>("--headless") { Description = "Play the whole job without a person and exit" };
var report = new Option<FileInfo?>("--report") { Description = "Write what was measured, as JSON" };
var camera = new Option<string?>("--camera") { Description = "A real camera instead of the drawn door: file, rtsp:// URL or V4L2 node" };
var port = new Option<int>("--port") { Description = "Port of the console; 0 takes a free one", DefaultValueFactory = _ => 8080 };
var root = new RootCommand("Cuts a seal and shows what follows: siren, warnings, pictures, log, proof") { headless, report, camera, port };
root.SetAction(async (parsed, cancellationToken) =>
{
    var timeline = new Timeline();
    try
    {
        await using var world = await DemoWorld.StartAsync(
            new DemoOptions(parsed.GetValue(camera), parsed.GetValue(headless) ? 0 : parsed.GetValue(port)), timeline, cancellationToken);
        return parsed.GetValue(headless)
            ? await new HeadlessRun(world, timeline).RunAsync(parsed.GetValue(report), cancellationToken)
            : await new GuidedRun(world, timeline).RunAsync(cancellationToken);
    }
    catch (DemoException problem)
    {
        timeline.Fail(problem.Message);
        return 1;
    }
});

// Ending a court takes longer than the two seconds that the library gives a program after Ctrl-C.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
