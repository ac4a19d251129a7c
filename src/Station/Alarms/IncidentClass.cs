namespace Cinnabar.Station.Alarms;

/// <summary>What belongs together: one seal has at most one incident of a class that is not closed.</summary>
internal enum IncidentClass
{
    /// <summary>Somebody is at the door. However often they strike, it is one incident.</summary>
    Intrusion = 1,

    /// <summary>The seal does not report.</summary>
    Silence = 2,

    /// <summary>The seal's word is in doubt: gap, fork, forged signature, second device.</summary>
    Security = 3,

    /// <summary>Something wears out or fails; a technician comes, nobody is woken.</summary>
    Maintenance = 4,
}
