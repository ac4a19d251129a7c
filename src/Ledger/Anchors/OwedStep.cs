namespace Cinnabar.Ledger.Anchors;

/// <summary>How far an owed anchor has come. Numbers are stable and never reused.</summary>
public enum OwedStep
{
    /// <summary>Never handed to an engine; a newer size of its log takes its place.</summary>
    Waiting = 0,

    /// <summary>Handed over; the answer is not known. It may appear.</summary>
    Tried = 1,

    /// <summary>The engine called it durable. It must appear.</summary>
    Acknowledged = 2,
}
