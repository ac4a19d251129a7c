namespace Cinnabar.Station.Alarms;

/// <summary>What a turn of the engine leaves to do.</summary>
/// <param name="ToSend">Warnings to hand over now.</param>
/// <param name="Answers">Answers to people; what they answer is durable.</param>
/// <param name="Touched">Ids of incidents that look different now.</param>
/// <param name="Failure">Why nothing could be written, or null. The warnings go out all the same.</param>
internal sealed record StepOutcome(
    IReadOnlyList<Warning> ToSend, IReadOnlyList<Action> Answers, IReadOnlyCollection<string> Touched, Exception? Failure);
