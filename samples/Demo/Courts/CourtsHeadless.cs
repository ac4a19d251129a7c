namespace Cinnabar.Demo.Courts;

/// <summary>Plays all that can happen to five courts, one thing after the other, and says whether all of it held.</summary>
public sealed class CourtsHeadless(CourtsWorld world, Timeline timeline)
{
    public async Task<int> RunAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        var report = new DemoReport(timeline);
        var haidian = world.Haidian.Station;
        var door = new DoorTrial(world.Door, haidian.Client, world.Kannel, timeline, report);
        var finality = new FinalityTrial(world, timeline, report);
        var dead = new DeadCourtsTrial(world, finality, door, timeline, report);
        var watched = new WatchedEvents(haidian.Client, cancellationToken);

        await finality.UntilAllAreFinalAsync(cancellationToken);
        await door.TouchAsync(watched, cancellationToken);
        var (incident, cut) = await door.CutAsync(watched, cancellationToken);
        await finality.ShowAsync(cut, cancellationToken);
        await door.AcknowledgeAsync(cancellationToken);
        await finality.RunAsync(cancellationToken);
        await dead.KillOneAsync(world.Courts[1], cancellationToken);
        await dead.KillAnotherAsync(world.Courts[2], cut, watched, cancellationToken);
        await finality.UntilAllAreFinalAsync(cancellationToken);
        await new LiarTrial(world, finality, timeline, report).RunAsync(world.Courts[^1], cancellationToken);
        await new EngineTrial(world, timeline, report).RunAsync(cancellationToken);
        await finality.ShowCourtsAsync(cancellationToken);
        await new PackTrial(world.Folder, haidian, timeline, report).RunAsync(incident, "pack_valid_offline", world.StopAllAsync, cancellationToken);
        return await report.EndAsync(file, cancellationToken);
    }
}
