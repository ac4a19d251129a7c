namespace Cinnabar.Station.Notices;

/// <summary>How one attempt ended. Numbers are stable and never reused: they stand in signed statements.</summary>
internal enum DeliveryOutcome
{
    /// <summary>The provider took the message. Whether it reached the person is told later, by a report, or never.</summary>
    HandedOff = 1,

    /// <summary>The provider answered and said no. Trying the same again without a change will not help.</summary>
    Refused = 2,

    /// <summary>Nobody answered: no name, no route, no listener, no trusted certificate, or the provider is in trouble.</summary>
    Unreachable = 3,

    /// <summary>No complete answer within the attempt's time. The message may have gone out all the same.</summary>
    TimedOut = 4,
}
