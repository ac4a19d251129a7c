using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Seals;

/// <summary>Erases the private records that a crash left without an order: the record is durable before the order is stated.</summary>
/// <remarks>
/// Looked at once, at the start: what was there then, is not in the log as far as it reached then, and does not wait to
/// get into it, is of an order that was never made.
/// </remarks>
internal sealed class OrphanedRecords(PrivateRecords records, UnsequencedFacts waiting, SealsFollower follower, SealBoard board) : BackgroundService
{
    private readonly string[] _found = [.. records.Seals.Except(waiting.Subjects(), StringComparer.Ordinal)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await follower.CaughtUp.WaitAsync(stoppingToken);
        var orphans = _found.Where(seal => board.Seal(seal)?.Legal is null).ToArray();
        if (orphans.Length > 0)
        {
            records.Erase(orphans);
        }
    }
}
