namespace Cinnabar.Demo.Courts;

/// <summary>From acknowledgement to receipt.</summary>
/// <param name="Statements">How many were followed.</param>
/// <param name="FinalMsP50">Median, ms.</param>
/// <param name="FinalMsP99">99 of 100 were faster, ms.</param>
public sealed record FinalFigures(int Statements, double FinalMsP50, double FinalMsP99);
