namespace Cinnabar.Ledger.Anchors;

/// <summary>How an <see cref="AnchorLink"/> deals with its engine.</summary>
public sealed class AnchorLinkOptions
{
    /// <summary>How often the engine is asked who it is and how far. Above 0; default 5 s: a wiped engine is known long before the minute in which anchors must catch up.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an engine may take over one answer. Above 0; default 10 s.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause after the first failure; it doubles up to <see cref="PauseMax"/>. Above 0; default 250 ms.</summary>
    public TimeSpan PauseFirst { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause. Default 5 s.</summary>
    public TimeSpan PauseMax { get; init; } = TimeSpan.FromSeconds(5);
}
