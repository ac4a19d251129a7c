namespace Cinnabar.Seal.Custody;

/// <summary>Strip loop, door contact, cover and wall switch: immediate, no second sensor asked.</summary>
internal static class ContactRules
{
    public static void Apply(CustodyStep step, Reading.Contact contact)
    {
        var known = step.State.ActiveInputs;
        if (!contact.Active)
        {
            // A node found at rest when it is opened is no event: only a return is.
            if (known.Contains(contact.Input))
            {
                step.State = step.State with { ActiveInputs = known.Remove(contact.Input) };
                step.Record(RestoredKind(contact.Input), AlarmLevel.Record, EdgeField(step));
            }

            return;
        }

        // Not compared with the known state: after a lost "restored" edge a second cut must still be one.
        step.State = step.State with { ActiveInputs = known.Add(contact.Input) };
        if (contact.Input is SealInput.Strip or SealInput.Door)
        {
            NoteOpening(step, contact.Input);
        }

        step.Trigger(TriggerOf(contact.Input), EdgeField(step));
    }

    private static void NoteOpening(CustodyStep step, SealInput input)
    {
        if (step.Posture != Posture.Opening || step.State.Opening is not { Opened: false } opening)
        {
            return;
        }

        step.State = step.State with { Opening = opening with { Opened = true } };
        step.Record(
            FactKinds.OpenStart,
            AlarmLevel.Record,
            new FactField("grant", opening.Grant.Id),
            new FactField("officer", opening.Grant.Officer),
            new FactField("input", input == SealInput.Strip ? "strip" : "door"));

        // An authorised opening is filmed: entries and exits are evidence in both directions.
        step.StartCamera(FactKinds.OpenStart);
    }

    private static FactField EdgeField(CustodyStep step) =>
        new("edge", step.At.Edge.ToUnixTimeMilliseconds());

    private static Trigger TriggerOf(SealInput input) => input switch
    {
        SealInput.Strip => new(FactKinds.StripCut, AlarmLevel.L3, 3, OnDevice: false),
        SealInput.Door => new(FactKinds.DoorOpen, AlarmLevel.L3, 3, OnDevice: false),
        SealInput.Cover => new(FactKinds.CoverOpen, AlarmLevel.L3, 3, OnDevice: true),
        _ => new(FactKinds.WallOff, AlarmLevel.L3, 3, OnDevice: true),
    };

    private static string RestoredKind(SealInput input) => input switch
    {
        SealInput.Strip => FactKinds.StripRestored,
        SealInput.Door => FactKinds.DoorClosed,
        SealInput.Cover => FactKinds.CoverClosed,
        _ => FactKinds.WallOn,
    };
}
