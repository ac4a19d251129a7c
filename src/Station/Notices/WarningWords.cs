namespace Cinnabar.Station.Notices;

/// <summary>A warning in words.</summary>
/// <param name="Subject">One line, for e-mail.</param>
internal sealed record WarningWords(string Subject, string Text);
