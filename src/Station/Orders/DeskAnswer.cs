using Cinnabar.Registry.Periods;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Orders;

/// <summary>What the desk says to a request: exactly one of its cases.</summary>
internal abstract record DeskAnswer
{
    private DeskAnswer()
    {
    }

    /// <summary>Signed and on its way into the log.</summary>
    internal sealed record Done(WrittenFact Fact) : DeskAnswer;

    /// <summary>A rule of law forbids it.</summary>
    internal sealed record Refused(RuleRefusal Refusal) : DeskAnswer;

    /// <summary>A field is missing or malformed.</summary>
    internal sealed record Malformed(string Field, string Sentence) : DeskAnswer;

    /// <summary>Right in itself, but not now.</summary>
    internal sealed record Conflict(string Sentence) : DeskAnswer;

    /// <summary>No such seal.</summary>
    internal sealed record Unknown : DeskAnswer;
}
