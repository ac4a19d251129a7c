using System.Globalization;
using Cinnabar.Shared;

namespace Cinnabar.Demo.Courts;

/// <summary>Five courts that watch each other, their anchor engine, the SMS gateway and one sealed door. Ends everything it started.</summary>
public sealed class CourtsWorld : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _started = [];

    private CourtsWorld(string folder)
    {
        Folder = folder;
        Courts = [.. Enumerable.Range(0, DemoCourt.Count).Select(i => new DemoCourt(i, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"court-{i}"))))];
    }

    public string Folder { get; }

    public IReadOnlyList<DemoCourt> Courts { get; }

    /// <summary>The court that seals the property.</summary>
    public DemoCourt Haidian => Courts[0];

    public KannelGateway Kannel { get; private set; } = null!;

    public EtcdCluster Engine { get; private set; } = null!;

    public DemoSeal Door { get; private set; } = null!;

    /// <summary>A second seal of Haidian, which states at an even pace when asked to.</summary>
    public StatementFlow Flow { get; private set; } = null!;

    /// <summary>Starts everything.</summary>
    /// <exception cref="DemoException">Something did not start; the message says what.</exception>
    public static async Task<CourtsWorld> StartAsync(DemoOptions options, Timeline timeline, CancellationToken cancellationToken)
    {
        var world = new CourtsWorld(Directory.CreateTempSubdirectory("cinnabar-demo-").FullName);
        try
        {
            world._started.Add(world.Kannel = await DemoWorld.StartKannelAsync(timeline, cancellationToken));
            await world.StartEngineAsync(timeline, cancellationToken);
            await world.FoundAsync(options.ConsolePort, timeline, cancellationToken);
            world.Door = await DemoSeal.SealAsync(
                world.Haidian.Station, Path.Combine(world.Folder, "door"), DoorOrder.Flat with { Camera = options.Camera }, timeline, cancellationToken);
            world._started.Add(world.Flow = await StatementFlow.EnrolAsync(world.Haidian.Station, cancellationToken));
            return world;
        }
        catch (InvalidOperationException e)
        {
            // etcd did not come up, or a court's command was refused: the message says which.
            await world.DisposeAsync();
            throw new DemoException(e.Message);
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends every station and the door, as for an opposing party who has only the pack.</summary>
    public async Task StopAllAsync()
    {
        if (Door is not null)
        {
            await Door.DisposeAsync();
        }

        await Task.WhenAll(Courts.Select(one => one.DisposeAsync().AsTask()));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAllAsync();
        foreach (var one in Enumerable.Reverse(_started))
        {
            await one.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartEngineAsync(Timeline timeline, CancellationToken cancellationToken)
    {
        timeline.Step("Starting the anchor engine (etcd, three members, TLS, a user for each court)");
        if (EtcdCluster.Missing() is { } missing)
        {
            throw new DemoException(missing);
        }

        _started.Add(Engine = await EtcdCluster.StartAsync(DemoCourt.EngineNames, cancellationToken));
    }

    private async Task FoundAsync(int consolePort, Timeline timeline, CancellationToken cancellationToken)
    {
        timeline.Step("Founding five courts: 海淀, 朝阳, 秦淮, 芙蓉, 东湖. Each makes its keys, compares the draft and approves it");
        await Parallel.ForEachAsync(Courts, cancellationToken, async (court, stop) =>
        {
            await court.SetUpAsync(stop);
            await File.WriteAllTextAsync(court.Station.Data + ".etcd", Engine.PasswordOf(court.EngineName), stop);
        });
        await CourtFolders.FoundAsync(Folder, [.. Courts.Select(one => one.Spec)], cancellationToken);
        timeline.Step("Starting five stations on 127.0.0.11 to 127.0.0.15");
        await Parallel.ForEachAsync(Courts, cancellationToken, async (court, stop) =>
        {
            var port = court.Station.PortOr(consolePort);
            var warnings = court == Haidian ? ",\n" + DemoWorld.Warnings(Kannel, string.Create(CultureInfo.InvariantCulture, $"{court.Address}:{port}")) : "";
            await court.ConfigureAsync(port, Engine, warnings, stop);
            await court.StartAsync(stop);
        });
    }
}
