using System.Collections.Immutable;
using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Tests.Custody;

/// <summary>Feeds readings to custody on a clock of its own and keeps what came out.</summary>
internal sealed class Door(CustodySettings? settings = null)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
    public static readonly Acceleration Rest = new(0, 9.81, 0);

    private TimeSpan _elapsed = TimeSpan.FromHours(5);
    private DateTimeOffset _wall = Start;

    public CustodySettings Settings { get; } = settings ?? new CustodySettings();

    public CustodyState State { get; private set; } = CustodyState.Initial;

    public List<Fact> Facts { get; } = [];

    public List<CustodyAction> Actions { get; } = [];

    public Moment Now => new(_wall, _elapsed, _wall);

    public DateTimeOffset Wall => _wall;

    public CustodyOutcome Last { get; private set; } = new(CustodyState.Initial, [], []);

    public static Door Armed(CustodySettings? settings = null)
    {
        var door = new Door(settings);
        door.Feed(new Reading.Arm(door.Now, Start.AddDays(30)));
        door.Hold(Rest, TimeSpan.FromSeconds(12));
        door.Forget();
        return door;
    }

    public Door Feed(Reading reading)
    {
        Last = CustodyMachine.Decide(State, reading, Settings);
        State = Last.State;
        Facts.AddRange(Last.Facts);
        Actions.AddRange(Last.Actions);
        return this;
    }

    public Door Contact(SealInput input, bool active) => Feed(new Reading.Contact(Now, input, active));

    public Door Pass(TimeSpan time)
    {
        _elapsed += time;
        _wall += time;
        return this;
    }

    public Door TurnClock(TimeSpan by)
    {
        _wall += by;
        return this;
    }

    public Door Tick(TimeSpan after) => Pass(after).Feed(new Reading.Tick(Now));

    public Door At(DateTimeOffset wall) => Tick(wall - _wall);

    /// <summary>Samples at 100 Hz for this long.</summary>
    public Door Hold(Acceleration value, TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromMilliseconds(10))
        {
            Pass(TimeSpan.FromMilliseconds(10)).Feed(new Reading.Motion(Now, value));
        }

        return this;
    }

    /// <summary>A push of this strength beside gravity, then rest.</summary>
    public Door Push(double strength, int milliseconds, int restMilliseconds = 500) =>
        Hold(Rest with { Z = strength }, TimeSpan.FromMilliseconds(milliseconds))
            .Hold(Rest, TimeSpan.FromMilliseconds(restMilliseconds));

    public void Forget()
    {
        Facts.Clear();
        Actions.Clear();
    }

    public ImmutableArray<string> Kinds => [.. Facts.Select(fact => fact.Kind)];
}
