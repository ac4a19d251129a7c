namespace Cinnabar.Seal.Custody;

/// <summary>
/// Turns readings into facts and actions. A pure function: the same state, reading and settings give
/// the same outcome on every machine, so a recorded sequence of readings replays an alarm exactly.
/// </summary>
internal static class CustodyMachine
{
    public static CustodyOutcome Decide(CustodyState state, Reading reading, CustodySettings settings)
    {
        var step = new CustodyStep(state, reading.At, settings);

        // Windows, legal end and caps are judged first: a reading belongs to the posture of its own moment.
        ClockRules.Advance(step);
        switch (reading)
        {
            case Reading.Contact { Input: SealInput.Approach } approach:
                ApproachRules.Apply(step, approach.Active);
                break;
            case Reading.Contact contact:
                ContactRules.Apply(step, contact);
                break;
            case Reading.Motion motion:
                MotionRules.Apply(step, motion);
                break;
            case Reading.Tick:
                MotionRules.EndBurst(step);
                break;
            case Reading.Mains or Reading.Battery or Reading.Fault or Reading.Recovered:
                HealthRules.Apply(step, reading);
                break;
            default:
                CommandRules.Apply(step, reading);
                break;
        }

        return step.Outcome();
    }
}
