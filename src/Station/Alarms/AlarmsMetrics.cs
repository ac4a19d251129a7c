using System.Diagnostics.Metrics;

namespace Cinnabar.Station.Alarms;

/// <summary>Figures of the alarm path, meter "Cinnabar.Station.Alarms".</summary>
internal static class AlarmsMetrics
{
    private static readonly Meter s_meter = new("Cinnabar.Station.Alarms");

    /// <summary>From the decision to warn to the call of the channel.</summary>
    public static Histogram<double> Waited { get; } = s_meter.CreateHistogram<double>("cinnabar.alarms.warning.wait", "s");

    /// <summary>From the alarm's frame to its commit.</summary>
    public static Histogram<double> Committed { get; } = s_meter.CreateHistogram<double>("cinnabar.alarms.commit.delay", "s");

    public static Counter<long> Attempts { get; } = s_meter.CreateCounter<long>("cinnabar.alarms.attempts", "{attempt}");

    public static Counter<long> CommitFailures { get; } = s_meter.CreateCounter<long>("cinnabar.alarms.commit.failures", "{failure}");
}
