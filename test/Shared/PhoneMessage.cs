namespace Cinnabar.Shared;

/// <summary>A text message as a phone shows it, its parts put together.</summary>
public sealed record PhoneMessage(string From, string To, string Text, DateTimeOffset At);
