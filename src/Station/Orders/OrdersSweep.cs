using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Orders;

/// <summary>Looks again and again for periods that ended and postures that are owed. The due times are dates in the facts, not timers in memory.</summary>
internal sealed partial class OrdersSweep(SealCommands commands, IOptions<OrdersOptions> options, TimeProvider time, ILogger<OrdersSweep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, time);

        // The first look waits one period: after a restart the board first catches up with the log.
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                commands.Sweep();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The next sweep finds the same work; a stopped sweep would leave a camera running without a legal basis.
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "The sweep of periods and postures failed")]
    private partial void LogFailed(Exception e);
}
