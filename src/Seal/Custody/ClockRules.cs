namespace Cinnabar.Seal.Custody;

/// <summary>What the mere passing of time brings: lapse, opening windows, the siren's cap, the camera's end.</summary>
internal static class ClockRules
{
    public static void Advance(CustodyStep step)
    {
        Lapse(step);
        Window(step);
        Siren(step);
        Camera(step);
    }

    /// <summary>Settles a window that is over; also called when a grant is ended early.</summary>
    public static void CloseWindow(CustodyStep step, OpeningState opening)
    {
        if (step.State.ActiveInputs.Overlaps([SealInput.Strip, SealInput.Door]))
        {
            if (!opening.Overdue && opening.Opened)
            {
                step.State = step.State with { Opening = opening with { Overdue = true } };
                step.Record(FactKinds.OpenOverdue, AlarmLevel.L2, About(opening, step));
                step.StartCamera(FactKinds.OpenOverdue);
                return;
            }

            if (opening.Overdue)
            {
                return;
            }
        }

        // Late shutting ends the same opening; its record says that it was late.
        step.Record(opening.Opened ? FactKinds.OpenEnd : FactKinds.GrantUnused, AlarmLevel.Record, About(opening, step));
        step.State = step.State with
        {
            Opening = null,
            Motion = step.State.Motion.Relearn(step.At.Edge + TimeSpan.FromMilliseconds(step.Settings.Settle)),
        };
        if (opening.Opened)
        {
            // The still against which the re-sealed door will be compared.
            step.Act(new CustodyAction.TakeStills(FactKinds.OpenEnd, step.At));
        }
    }

    private static FactField[] About(OpeningState opening, CustodyStep step) =>
    [
        new("grant", opening.Grant.Id),
        new("officer", opening.Grant.Officer),
        new("until", opening.Grant.Until.ToUnixTimeMilliseconds()),
        new("late", Math.Max(0, (long)(step.At.Wall - opening.Grant.Until).TotalMilliseconds)),
    ];

    private static void Lapse(CustodyStep step)
    {
        if (step.State.LapseRecorded || step.Posture != Posture.Lapsed)
        {
            return;
        }

        step.State = step.State with { LapseRecorded = true };
        step.Record(
            FactKinds.LegalLapsed,
            AlarmLevel.L2,
            new FactField("legal_until", step.State.LegalEnd!.Value.ToUnixTimeMilliseconds()));
        step.Quiet(CustodyStep.NoLegalBasis);
        step.StopCamera();
        step.State = step.State with { Opening = null };
    }

    private static void Window(CustodyStep step)
    {
        if (step.State.Opening is not { } opening)
        {
            return;
        }

        if (opening.IsWindowOver(step.At))
        {
            CloseWindow(step, opening);
        }
        else if (opening.ClosesAtMonotonic is null && opening.IsWindowOpen(step.At))
        {
            var closes = step.At.Monotonic + (opening.Grant.Until - step.At.Wall);
            step.State = step.State with { Opening = opening with { ClosesAtMonotonic = closes } };
            step.Quiet(CustodyStep.AuthorisedOpening);
        }
    }

    private static void Siren(CustodyStep step)
    {
        if (step.State.SirenSince is not { } since)
        {
            return;
        }

        if (step.At.Monotonic - since >= TimeSpan.FromSeconds(step.Settings.SirenCap))
        {
            step.Quiet("cap");
        }
        else
        {
            if (step.State.SirenLoudness != step.Loudness)
            {
                // The night began, or ended, while it sounded.
                step.StartSiren();
            }

            if (step.At.Monotonic >= step.State.NextVoice)
            {
                step.Speak(3);
                step.State = step.State with
                {
                    NextVoice = step.At.Monotonic + TimeSpan.FromSeconds(step.Settings.VoiceRepeat),
                };
            }
        }
    }

    private static void Camera(CustodyStep step)
    {
        // While a door stands open under a grant, or too long after it, the camera keeps filming.
        var held = step.State.Opening is { Opened: true };
        if (!held && step.State.CameraUntil is { } until && step.At.Monotonic >= until)
        {
            step.StopCamera();
        }
    }
}
