using System.Text.Json;
using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Alarms;

/// <summary>A row of alarm_warning.</summary>
internal sealed class WarningRow
{
    public string Key { get; set; } = "";

    public string Incident { get; set; } = "";

    public int Episode { get; set; }

    public int PlanLevel { get; set; }

    public string TriggerHash { get; set; } = "";

    public string Contact { get; set; } = "";

    public string Name { get; set; } = "";

    public string Channel { get; set; } = "";

    public string Address { get; set; } = "";

    public WarningAudience Audience { get; set; }

    public WarningLanguage Language { get; set; }

    public string? Notice { get; set; }

    public string Salt { get; set; } = "";

    public string? TokenHash { get; set; }

    public long CreatedMs { get; set; }

    public WarningState State { get; set; }

    public int Attempts { get; set; }

    public string? Reason { get; set; }

    public string? Provider { get; set; }

    public long? CalledMs { get; set; }

    public string? Report { get; set; }

    public string? AttemptHash { get; set; }

    /// <summary>Only of a row that is still pending: the words are not kept longer.</summary>
    public Warning ToWarning() => new(
        Key, Incident, Episode, PlanLevel, TriggerHash, new Contact(Contact, Name, Channel, Address, Audience, Language, PlanLevel),
        JsonSerializer.Deserialize(Notice!, AlarmsJson.Default.Notice)!, Salt, TokenHash, CreatedMs) { Attempts = Attempts };
}
