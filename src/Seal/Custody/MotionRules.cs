namespace Cinnabar.Seal.Custody;

/// <summary>
/// The accelerometer: a light touch is counted, a blow that lasts is an impact, a new attitude held
/// still is a tilt. Tilt is judged only on still stretches, so no knocking, however often, adds up to one.
/// </summary>
internal static class MotionRules
{
    /// <summary>Weight of the newest sample in a long still stretch: slow creep is followed, noise is not.</summary>
    private const int StillWindow = 64;

    public static void Apply(CustodyStep step, Reading.Motion reading)
    {
        var motion = step.State.Motion;
        var at = reading.At.Edge;
        if (motion.Gravity is null || at < motion.StillSince || (motion.InBurst && at < motion.BurstLast))
        {
            // First sample, or the sensor's clock went back: durations across it mean nothing.
            motion = motion.WithoutBurst() with { Gravity = motion.Gravity ?? reading.Value, StillCount = 0 };
            step.State = step.State with { Motion = motion };
        }

        EndBurst(step);
        Burst(step, at, reading.Value.Minus(step.State.Motion.Gravity!.Value).Length * 1_000);
        Still(step, at, reading.Value);
    }

    /// <summary>Ends a touch after its rest, or a shaking that never rests after its longest time.</summary>
    public static void EndBurst(CustodyStep step)
    {
        var motion = step.State.Motion;
        if (!motion.InBurst
            || ((step.At.Edge - motion.BurstLast).TotalMilliseconds < step.Settings.BurstQuiet
                && (step.At.Edge - motion.BurstStart).TotalMilliseconds < step.Settings.BurstMax))
        {
            return;
        }

        step.State = step.State with { Motion = motion.WithoutBurst() };
        if (motion.BurstLevel == 0 && step.Posture == Posture.Armed)
        {
            step.State = step.State with { TouchCount = step.State.TouchCount + 1 };
            step.Record(
                FactKinds.LightTouch,
                AlarmLevel.Record,
                new FactField("count", step.State.TouchCount),
                new FactField("peak", (long)motion.Peak),
                new FactField("duration", (long)(motion.BurstLast - motion.BurstStart).TotalMilliseconds));
        }
    }

    private static void Burst(CustodyStep step, DateTimeOffset at, double dynamic)
    {
        var settings = step.Settings;
        if (dynamic < settings.TouchThreshold)
        {
            return;
        }

        var motion = step.State.Motion;
        motion = motion with
        {
            InBurst = true,
            BurstStart = motion.InBurst ? motion.BurstStart : at,
            BurstLast = at,
            Peak = Math.Max(motion.Peak, dynamic),
        };
        if (dynamic >= settings.ImpactThreshold)
        {
            var continues = motion.OverSince is not null
                && (at - motion.OverLast).TotalMilliseconds <= settings.ImpactGap;
            motion = motion with { OverSince = continues ? motion.OverSince : at, OverLast = at };
        }

        step.State = step.State with { Motion = motion };
        Impact(step, motion);
    }

    private static void Impact(CustodyStep step, MotionState motion)
    {
        if (motion.OverSince is not { } since
            || (motion.OverLast - since).TotalMilliseconds < step.Settings.ImpactDuration)
        {
            return;
        }

        var level = motion.Peak >= step.Settings.StrongImpact ? 2 : 1;
        if (level <= motion.BurstLevel)
        {
            return;
        }

        step.State = step.State with { Motion = motion with { BurstLevel = level } };
        step.Trigger(
            new Trigger(FactKinds.Impact, level == 2 ? AlarmLevel.L2 : AlarmLevel.L1, 2, OnDevice: false),
            new FactField("peak", (long)motion.Peak),
            new FactField("duration", (long)(motion.OverLast - since).TotalMilliseconds));
    }

    private static void Still(CustodyStep step, DateTimeOffset at, Acceleration value)
    {
        var motion = step.State.Motion;
        var still = motion.StillCount > 0
            && value.Minus(motion.StillMean).Length * 1_000 <= step.Settings.StillBand;
        motion = still
            ? motion with
            {
                StillCount = Math.Min(motion.StillCount + 1, StillWindow),
                StillMean = motion.StillMean.Towards(value, 1.0 / Math.Min(motion.StillCount + 1, StillWindow)),
            }
            : motion with { StillCount = 1, StillMean = value, StillSince = at };
        if ((at - motion.StillSince).TotalMilliseconds < step.Settings.TiltHold)
        {
            step.State = step.State with { Motion = motion };
            return;
        }

        motion = motion with { Gravity = motion.StillMean };
        if (motion.Baseline is null && at >= motion.SettleUntil && step.State.IsArmed)
        {
            motion = motion with { Baseline = motion.StillMean };
        }

        step.State = step.State with { Motion = motion };
        Tilt(step, motion);
    }

    private static void Tilt(CustodyStep step, MotionState motion)
    {
        if (motion.Baseline is not { } baseline)
        {
            return;
        }

        var degrees = motion.StillMean.DegreesFrom(baseline);
        if (!motion.TiltRaised && degrees >= step.Settings.TiltDegrees)
        {
            step.State = step.State with { Motion = motion with { TiltRaised = true } };
            step.Trigger(
                new Trigger(FactKinds.Tilt, AlarmLevel.L3, 3, OnDevice: false),
                new FactField("millidegrees", (long)(degrees * 1_000)));
        }
        else if (motion.TiltRaised && degrees < step.Settings.TiltDegrees / 2.0)
        {
            // Half the threshold: an attitude wavering at the limit is one alarm, not many.
            step.State = step.State with { Motion = motion with { TiltRaised = false } };
            step.Record(FactKinds.TiltLevel, AlarmLevel.Record, new FactField("millidegrees", (long)(degrees * 1_000)));
        }
    }
}
