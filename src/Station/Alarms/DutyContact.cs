using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Alarms;

/// <summary>One address of the duty desk.</summary>
internal sealed class DutyContact
{
    /// <summary>Who it is, for the timeline and as the name behind an acknowledgement by phone; the officer's login.</summary>
    public string Name { get; set; } = "";

    /// <summary>sms, email or webhook.</summary>
    public string Channel { get; set; } = "";

    /// <summary>Phone number or e-mail address; for the webhook any word.</summary>
    public string Address { get; set; } = "";

    /// <summary>1 is warned at once, 2 after the first escalation, and so on.</summary>
    public int PlanLevel { get; set; } = 1;

    public WarningLanguage Language { get; set; } = WarningLanguage.Chinese;
}
