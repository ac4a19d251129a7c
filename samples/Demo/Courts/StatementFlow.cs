namespace Cinnabar.Demo.Courts;

/// <summary>A seal that states light touches at an even pace, each followed from its acknowledgement until its receipt is out.</summary>
public sealed class StatementFlow : IAsyncDisposable
{
    private readonly DemoStation _station;
    private readonly DoorlessSeal _seal;

    private StatementFlow(DemoStation station, DoorlessSeal seal)
    {
        _station = station;
        _seal = seal;
    }

    public static async Task<StatementFlow> EnrolAsync(DemoStation station, CancellationToken cancellationToken)
    {
        var (number, code) = await DemoSeal.OrderAsync(station.Client, DoorOrder.Store.CaseNumber, DoorOrder.Store.Address, cancellationToken);
        return new StatementFlow(station, await DoorlessSeal.EnrolAsync(DoorOrder.Store.Device, number, station.Uplink, code, cancellationToken));
    }

    /// <summary>Begins to state; one run at a time.</summary>
    public async Task<StatementRun> BeginAsync(CancellationToken cancellationToken)
    {
        var run = new StatementRun(_station.Client, _seal);
        await _seal.ConnectAsync(run.Acknowledged, cancellationToken);
        run.Start(cancellationToken);
        return run;
    }

    /// <summary>States this many and waits for all receipts.</summary>
    public async Task<FinalFigures> MeasureAsync(int count, CancellationToken cancellationToken)
    {
        var run = await BeginAsync(cancellationToken);
        await run.UntilAsync(() => run.AcknowledgedCount >= count, TimeSpan.FromSeconds(60), "Acknowledgements", cancellationToken);
        await run.EndAsync(TimeSpan.FromSeconds(60), cancellationToken);
        return run.Figures();
    }

    public ValueTask DisposeAsync()
    {
        _seal.Dispose();
        return ValueTask.CompletedTask;
    }
}
