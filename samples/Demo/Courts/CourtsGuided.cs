namespace Cinnabar.Demo.Courts;

/// <summary>Cuts the strip, shows who vouches, and does to the courts what a person asks for.</summary>
public sealed class CourtsGuided(CourtsWorld world, Timeline timeline)
{
    private readonly DemoReport _report = new(timeline);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var court in world.Courts)
        {
            timeline.Step($"Console: {new Uri(court.Station.Console, "/console/")}   {court.Name}, sign in as {DemoWorld.Login} with {court.Station.Password}");
        }

        var haidian = world.Haidian.Station.Client;
        var door = new DoorTrial(world.Door, haidian, world.Kannel, timeline, _report);
        var finality = new FinalityTrial(world, timeline, _report);
        var watched = new WatchedEvents(haidian, cancellationToken);
        try
        {
            await finality.UntilAllAreFinalAsync(cancellationToken);
            var (_, cut) = await door.CutAsync(watched, cancellationToken);
            await finality.ShowAsync(cut, cancellationToken);
            while (await AskAsync(cancellationToken) is { } wish)
            {
                await TryAsync(wish, finality, new DeadCourtsTrial(world, finality, door, timeline, _report), (cut, watched), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            timeline.Step("Stopping what was started");
        }

        return 0;
    }

    /// <summary>What a person wants to see next; null at the end of the input or on request.</summary>
    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        timeline.Step("1 measure   2 kill a court   3 bring them back   4 a court lies   5 wipe etcd   6 how the courts look   q end   (Ctrl-C stops everything)");

        // A line that nobody types must not hold up Ctrl-C: reading goes on in its own thread, which ends with the program.
        var line = await Task.Run(System.Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        if (line is null)
        {
            timeline.Note("Nobody types: the courts stay as they are until Ctrl-C.");
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return line is null or "q" ? null : line.Trim();
    }

    private async Task TryAsync(
        string wish, FinalityTrial finality, DeadCourtsTrial dead, (string Cut, WatchedEvents Watched) door, CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync(wish, finality, dead, door, cancellationToken);
        }
        catch (Exception e) when (e is DemoException or HttpRequestException)
        {
            timeline.Fail(e.Message);
        }
    }

    private Task DoAsync(string wish, FinalityTrial finality, DeadCourtsTrial dead, (string Cut, WatchedEvents Watched) door, CancellationToken cancellationToken)
    {
        // Haidian stays: it is the court that people look at.
        var last = world.Courts.Skip(1).LastOrDefault(one => one.Vouches);
        var first = world.Courts.Skip(1).FirstOrDefault(one => one.Vouches);
        var spare = world.Courts.Count(one => one.HasVoice) - Needed;
        return wish switch
        {
            "1" when spare >= 0 => finality.RunAsync(cancellationToken),
            "2" when spare > 0 => dead.KillOneAsync(first!, cancellationToken),
            "2" when spare == 0 => dead.KillAnotherAsync(first!, door.Cut, door.Watched, cancellationToken),
            "3" => dead.BringBackAsync(cancellationToken),
            "4" when spare > 0 && world.Courts.All(one => one.Liar is null) => new LiarTrial(world, finality, timeline, _report).RunAsync(last!, cancellationToken),
            "5" when spare >= 0 => new EngineTrial(world, timeline, _report).RunAsync(cancellationToken),
            "1" or "2" or "4" or "5" => SayAsync("Too few courts vouch for that, or one lies already: bring the dead back first. A court that has lied does not come back in this epoch."),
            "6" => finality.ShowCourtsAsync(cancellationToken),
            _ => SayAsync("1 to 6, or q."),
        };
    }

    /// <summary>q of five courts.</summary>
    private static int Needed => Evidence.Governance.Quorum.Of(DemoCourt.Count).Needed;

    private Task SayAsync(string sentence)
    {
        timeline.Note(sentence);
        return Task.CompletedTask;
    }
}
