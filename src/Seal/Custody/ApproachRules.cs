namespace Cinnabar.Seal.Custody;

/// <summary>
/// Somebody comes near an armed seal: greeted by day with the warning of stage 1, noted, and nothing more. Whoever walks
/// past has done nothing, so this is never an alarm and nobody is told (domain 6.1).
/// </summary>
internal static class ApproachRules
{
    public static void Apply(CustodyStep step, bool active)
    {
        if (!active || step.Posture != Posture.Armed)
        {
            return;
        }

        if (step.State.ApproachSince is { } since && step.At.Monotonic - since < TimeSpan.FromSeconds(step.Settings.ApproachQuiet))
        {
            step.State = step.State with { ApproachesUntold = step.State.ApproachesUntold + 1 };
            return;
        }

        step.Record(
            FactKinds.ApproachPerson,
            AlarmLevel.Record,
            new FactField("edge", step.At.Edge.ToUnixTimeMilliseconds()),
            new FactField("untold", step.State.ApproachesUntold));
        step.State = step.State with { ApproachSince = step.At.Monotonic, ApproachesUntold = 0 };

        // Over a sounding siren a greeting would take back what stage 3 has said.
        if (step.State.SirenSince is null && !step.Settings.IsNight(step.At.Wall))
        {
            step.Speak(1);
        }
    }
}
