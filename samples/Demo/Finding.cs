namespace Cinnabar.Demo;

/// <summary>One figure of the report.</summary>
/// <param name="Value">A number of milliseconds, a count, or true and false.</param>
/// <param name="How">How it was measured, from where to where.</param>
public sealed record Finding(object Value, string How);
