namespace Cinnabar.Station.Alarms;

/// <summary>What became of an acknowledgement or a closing.</summary>
internal enum HandlingAnswer
{
    Done = 1,

    /// <summary>There is no such incident, or none that is still open.</summary>
    NotOpen = 2,
}
