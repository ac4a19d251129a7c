using Cinnabar.Shared;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Tests.Alarms;

/// <summary>An engine on a real database file, on a clock that the test moves. It can be dropped and opened again.</summary>
internal sealed class AlarmsBench : IDisposable
{
    public static readonly Contact Judge = new("judge", "judge.li", "sms", "+8613800000001", WarningAudience.Officer, WarningLanguage.Chinese, 1);
    public static readonly Contact Applicant = new("applicant", "party-1", "sms", "+8613900000001", WarningAudience.Applicant, WarningLanguage.Chinese, 1);
    public static readonly Contact Deputy = new("deputy", "deputy.wang", "sms", "+8613800000002", WarningAudience.Officer, WarningLanguage.Chinese, 2);

    private readonly string _folder;
    private readonly bool _ownsFolder;
    private StationDatabase _database = null!;

    public AlarmsBench(ManualTime? time = null, string? folder = null, Contact[]? contacts = null)
    {
        Time = time ?? new ManualTime(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
        Contacts = contacts ?? [Judge, Applicant, Deputy];
        _ownsFolder = folder is null;
        _folder = folder ?? Directory.CreateTempSubdirectory("cinnabar-alarms-").FullName;
        Open();
    }

    public ManualTime Time { get; }

    public Contact[] Contacts { get; }

    /// <summary>Boot of the machine; another one after it was started anew.</summary>
    public string Boot { get; set; } = "boot-1";

    public AlarmsOptions Options { get; } = new();

    public AlarmsEngine Engine { get; private set; } = null!;

    public AlarmsStore Store { get; private set; } = null!;

    public string DatabaseFile => Path.Combine(_folder, "alarms.db");

    /// <summary>Every warning handed to a sender, in order, over all runs.</summary>
    public List<(DateTimeOffset At, Warning Warning)> Sent { get; } = [];

    public Action? OnSent { get; set; }

    /// <summary>Called after every turn.</summary>
    public Action? OnStep { get; set; }

    public StepOutcome Step(params AlarmInput[] inputs)
    {
        var outcome = Engine.Step(inputs);
        foreach (var warning in outcome.ToSend)
        {
            Sent.Add((Time.GetUtcNow(), warning));
            OnSent?.Invoke();
        }

        foreach (var answer in outcome.Answers)
        {
            answer();
        }

        OnStep?.Invoke();
        return outcome;
    }

    public StepOutcome Take(params Fact[] facts) => Step([.. facts.Select(f => new FactInput(f))]);

    public HandlingAnswer Acknowledge(string incident, string by = "officer.zhao")
    {
        var done = new TaskCompletionSource<HandlingAnswer>();
        Step(new AcknowledgeInput(incident, by, "console", done));
        Assert.True(done.Task.IsCompletedSuccessfully);
        return done.Task.Result;
    }

    public HandlingAnswer Close(string incident, IncidentOutcome outcome = IncidentOutcome.Attended)
    {
        var done = new TaskCompletionSource<HandlingAnswer>();
        Step(new CloseInput(incident, outcome, null, "officer.zhao", done));
        Assert.True(done.Task.IsCompletedSuccessfully);
        return done.Task.Result;
    }

    /// <summary>Lets time pass as the follower does: from one rest of the engine to the next.</summary>
    public void Run(TimeSpan time)
    {
        var end = Time.GetTimestamp() + time.Ticks;
        while (Time.GetTimestamp() < end)
        {
            var rest = Engine.Rest();
            var left = TimeSpan.FromTicks(end - Time.GetTimestamp());
            Time.Advance(rest < left ? (rest > TimeSpan.Zero ? rest : TimeSpan.FromMilliseconds(1)) : left);
            Step();
        }
    }

    public void Reopen()
    {
        _database.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Open();
    }

    /// <summary>Seconds after <paramref name="start"/> at which a contact was warned.</summary>
    public int[] SecondsOf(Contact contact, DateTimeOffset start) =>
        [.. Sent.Where(s => s.Warning.Contact.Id == contact.Id).Select(s => (int)Math.Round((s.At - start).TotalSeconds))];

    public void Dispose()
    {
        _database.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void Open()
    {
        _database = new StationDatabase(DatabaseFile);
        Store = new AlarmsStore(_database);
        var plan = new WarningPlan(Options, _ => new SealContacts("(2026)京0105执1234号", "建国路93号", Contacts), () => "7:ab12cd34", new Uri("https://seals.court.example"));
        Engine = new AlarmsEngine(Store, plan, Options, Time, Boot);
        Sent.AddRange(Engine.Resume().Select(w => (Time.GetUtcNow(), w)));
    }
}
