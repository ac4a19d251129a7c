using Cinnabar.Seal.Custody;
using FsCheck;
using FsCheck.Fluent;

namespace Cinnabar.Seal.Tests.Custody;

/// <summary>What must hold whatever happens at the door.</summary>
public sealed class CustodyProperties
{
    // A fixed seed keeps the run repeatable; 5,000 histories of each property were run once with free seeds.
    private static readonly Config Thorough =
        Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(60).WithReplay(14828987352469695429, 7397602754409212275);

    /// <summary>A step of arbitrary history: an action code and a number to colour it.</summary>
    private static Gen<(int Code, int Value)[]> History =>
        (from code in Gen.Choose(0, 13) from value in Gen.Choose(0, 10_000) select (code, value)).ArrayOf();

    [Fact]
    public void LightTouches_NeverAlarm()
    {
        var touch = from strength in Gen.Choose(1_000, 11_900)
                    from duration in Gen.Choose(1, 40)
                    from rest in Gen.Choose(1, 60)
                    select (strength, duration, rest);
        Check.One(Thorough, Prop.ForAll(touch.ArrayOf().ToArbitrary(), touches =>
        {
            var door = Door.Armed();
            foreach (var (strength, duration, rest) in touches)
            {
                door.Push(strength / 1_000.0, duration * 10, rest * 10);
            }

            return door.Actions.Count == 0 && door.Kinds.All(kind => kind == FactKinds.LightTouch);
        }));
    }

    [Fact]
    public void InsideAGrantWindow_NoSirenAndNoVoice() =>
        Check.One(Thorough, Prop.ForAll(History.ToArbitrary(), history =>
        {
            var door = Door.Armed();
            door.Feed(new Reading.GrantGiven(door.Now, new OpeningGrant("G", "o", door.Wall, door.Wall.AddHours(12))));
            return history.All(step => step.Code >= 10 || Quiet(Play(door, step, maxSeconds: 30)));
        }));

    [Fact]
    public void AfterTheLegalEnd_NoSirenNoVoiceAndNoCamera() =>
        Check.One(Thorough, Prop.ForAll(History.ToArbitrary(), History.ToArbitrary(), (before, after) =>
        {
            var door = Door.Armed();
            Array.ForEach(before, step => Play(door, step));
            door.Feed(new Reading.LegalEndSet(door.Now, door.Wall));
            return after.All(step => step.Code is 11 or 12 || (Quiet(Play(door, step)) && NoCamera(door.Last)));
        }));

    [Fact]
    public void StripCutWhileArmed_AlwaysSoundsSpeaksAndFilms() =>
        Check.One(Thorough, Prop.ForAll(History.ToArbitrary(), history =>
        {
            var door = new Door();
            Array.ForEach(history, step => Play(door, step));
            door.Feed(new Reading.Arm(door.Now, door.Wall.AddDays(1)));
            Array.ForEach(history, step => _ = step.Code < 10 ? Play(door, step, maxSeconds: 10) : door.Last);
            door.Contact(SealInput.Strip, active: true);
            return door.Last.Actions.Contains(new CustodyAction.StartSiren())
                && door.Last.Actions.Contains(new CustodyAction.Speak(3))
                && door.Last.Actions.Contains(new CustodyAction.StartCamera(FactKinds.StripCut))
                && door.Last.Facts.Any(fact => fact is { Kind: FactKinds.StripCut, Level: AlarmLevel.L3 });
        }));

    [Fact]
    public void SirenLeftAlone_RestsAfterItsCap() =>
        Check.One(Thorough, Prop.ForAll(History.ToArbitrary(), history =>
        {
            var door = Door.Armed();
            Array.ForEach(history, step => Play(door, step));
            door.Tick(TimeSpan.FromSeconds(1_200));
            return door.State.SirenSince is null;
        }));

    [Fact]
    public void SameReadings_GiveTheSameOutcome() =>
        Check.One(Thorough, Prop.ForAll(History.ToArbitrary(), history => Trace(history) == Trace(history)));

    private static string Trace((int Code, int Value)[] history)
    {
        var door = Door.Armed();
        Array.ForEach(history, step => Play(door, step));
        var facts = door.Facts.Select(fact => $"{fact.Kind} {fact.Level} {fact.At} {string.Join(',', fact.Body)}");
        return string.Join('\n', facts.Concat(door.Actions.Select(action => action.ToString())));
    }

    private static bool Quiet(CustodyOutcome outcome) =>
        !outcome.Actions.Any(action => action is CustodyAction.StartSiren or CustodyAction.Speak);

    private static bool NoCamera(CustodyOutcome outcome) =>
        !outcome.Actions.Any(action => action is CustodyAction.StartCamera or CustodyAction.TakeStills);

    private static CustodyOutcome Play(Door door, (int Code, int Value) step, int maxSeconds = 4_000)
    {
        var (code, value) = step;
        var seconds = value % maxSeconds;
        door.Pass(TimeSpan.FromMilliseconds(value % 500));
        var now = door.Now;
        return code switch
        {
            0 or 1 => door.Contact((SealInput)(value % 5), value % 2 == 0),
            2 => door.Contact(SealInput.Strip, value % 2 == 0),
            3 => door.Push(value % 60, value % 100, 300),
            4 => door.Hold(new Acceleration(value % 10, 9.8 - (value % 10), 0), TimeSpan.FromMilliseconds(800)),
            5 => door.Tick(TimeSpan.FromSeconds(seconds)),
            6 => door.Feed(new Reading.Mains(now, value % 2 == 0)),
            7 => door.Feed(new Reading.Battery(now, value % 101, "Unknown", null)),
            8 => door.Feed(new Reading.Fault(now, "s" + (value % 3), "gone")),
            9 => door.Feed(new Reading.SirenOff(now, "o")),
            10 => door.Feed(new Reading.Disarm(now, "test")),
            11 => door.Feed(new Reading.Arm(now, now.Wall.AddSeconds(seconds))),
            12 => door.Feed(new Reading.LegalEndSet(now, now.Wall.AddSeconds(seconds - 100))),
            _ => door.Feed(new Reading.GrantGiven(now, new OpeningGrant("g", "o", now.Wall.AddSeconds(-5), now.Wall.AddSeconds(seconds)))),
        } is { } played ? played.Last : door.Last;
    }
}
