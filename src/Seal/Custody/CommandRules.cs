namespace Cinnabar.Seal.Custody;

/// <summary>Verified commands of the court. What custody must refuse it records with the reason.</summary>
internal static class CommandRules
{
    public static void Apply(CustodyStep step, Reading command)
    {
        switch (command)
        {
            case Reading.Arm arm:
                Arm(step, arm);
                break;
            case Reading.ArmRestored arm:
                BeArmed(step, arm.LegalEnd);

                // A lapse of that time was stated then, or by the station while this seal was off.
                step.State = step.State with { LapseRecorded = arm.LegalEnd <= step.At.Wall };
                break;
            case Reading.GrantRestored given when Refusal(step, given.Grant) is null:
                step.State = step.State with { Opening = new OpeningState(given.Grant, null, Opened: false, Overdue: false) };
                ClockRules.Advance(step);
                break;
            case Reading.Disarm disarm when step.State.IsArmed:
                Disarm(step, disarm);
                break;
            case Reading.LegalEndSet set:
                SetLegalEnd(step, set.LegalEnd);
                break;
            case Reading.GrantGiven given:
                Grant(step, given.Grant);
                break;
            case Reading.GrantEnded when step.State.Opening is { Overdue: false } opening:
                EndGrant(step, opening);
                break;
            case Reading.SirenOff off:
                step.Quiet("command by " + off.Officer);
                break;
        }
    }

    private static void Arm(CustodyStep step, Reading.Arm arm)
    {
        if (arm.LegalEnd <= step.At.Wall)
        {
            step.Record(FactKinds.ArmRefused, AlarmLevel.L1, new FactField("reason", CustodyStep.NoLegalBasis));
            return;
        }

        if (step.Posture == Posture.Armed && step.State.Opening is null)
        {
            // The court repeats itself when an answer was lost. Learning the attitude anew would excuse a tilt.
            SetLegalEnd(step, arm.LegalEnd);
            return;
        }

        BeArmed(step, arm.LegalEnd);

        // Armed with a door ajar is possible, but never silently: the record names what was open.
        step.Record(
            FactKinds.Armed,
            step.State.ActiveInputs.IsEmpty ? AlarmLevel.Record : AlarmLevel.L1,
            new FactField("legal_until", arm.LegalEnd.ToUnixTimeMilliseconds()),
            new FactField("open_inputs", string.Join(' ', step.State.ActiveInputs).ToLowerInvariant()));
    }

    private static void BeArmed(CustodyStep step, DateTimeOffset legalEnd) => step.State = step.State with
    {
        IsArmed = true,
        LegalEnd = legalEnd,
        LapseRecorded = false,
        Opening = null,
        TouchCount = 0,
        Motion = step.State.Motion.Relearn(step.At.Edge + TimeSpan.FromMilliseconds(step.Settings.Settle)),
    };

    private static void Disarm(CustodyStep step, Reading.Disarm disarm)
    {
        step.Quiet("disarmed");
        step.StopCamera();
        step.State = step.State with { IsArmed = false, LegalEnd = null, Opening = null };
        step.Record(FactKinds.Disarmed, AlarmLevel.Record, new FactField("reason", disarm.Reason));
    }

    private static void SetLegalEnd(CustodyStep step, DateTimeOffset end)
    {
        if (!step.State.IsArmed || end == step.State.LegalEnd)
        {
            return;
        }

        step.State = step.State with { LegalEnd = end, LapseRecorded = false };
        step.Record(FactKinds.LegalEndSet, AlarmLevel.Record, new FactField("legal_until", end.ToUnixTimeMilliseconds()));

        // An end in the past takes siren, voice and camera down with this very reading.
        ClockRules.Advance(step);
    }

    private static void Grant(CustodyStep step, OpeningGrant grant)
    {
        var refusal = Refusal(step, grant);
        if (refusal is not null)
        {
            step.Record(
                FactKinds.GrantRefused,
                AlarmLevel.L1,
                new FactField("grant", grant.Id),
                new FactField("officer", grant.Officer),
                new FactField("reason", refusal));
            return;
        }

        // A second grant prolongs or replaces: what was opened under the first stays opened.
        var opened = step.State.Opening is { Opened: true };
        step.State = step.State with { Opening = new OpeningState(grant, null, opened, Overdue: false) };
        step.Record(
            FactKinds.GrantAccepted,
            AlarmLevel.Record,
            new FactField("grant", grant.Id),
            new FactField("officer", grant.Officer),
            new FactField("from", grant.From.ToUnixTimeMilliseconds()),
            new FactField("until", grant.Until.ToUnixTimeMilliseconds()));
        ClockRules.Advance(step);
    }

    private static string? Refusal(CustodyStep step, OpeningGrant grant) =>
        !step.State.IsArmed ? "not armed"
        : step.Posture == Posture.Lapsed ? CustodyStep.NoLegalBasis
        : grant.Until <= grant.From ? "window ends before it begins"
        : grant.Until <= step.At.Wall ? "window is over"
        : grant.Until - grant.From > TimeSpan.FromMinutes(step.Settings.GrantMax) ? "window longer than allowed"
        : grant.From > step.At.Wall && step.Posture == Posture.Opening ? "another opening is running"
        : null;

    private static void EndGrant(CustodyStep step, OpeningState opening)
    {
        if (opening.Grant.Until > step.At.Wall)
        {
            opening = opening with { Grant = opening.Grant with { Until = step.At.Wall } };
        }

        ClockRules.CloseWindow(step, opening);
    }
}
