using Cinnabar.Station.Alarms;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Console;

/// <summary>Health of the parts an officer relies on; "ok" or a sentence.</summary>
internal sealed record HealthEvent(string Log, string Channels, string Auditor)
{
    public static HealthEvent Of(HealthBoard board) =>
        new(board.Sentence(FactsModule.LogPart), board.Sentence(WarningSenders.Part), board.Sentence(AlarmsAuditor.Part));
}
