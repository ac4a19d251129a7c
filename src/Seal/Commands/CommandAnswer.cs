namespace Cinnabar.Seal.Commands;

/// <summary>What became of a command; stated in <c>command.answered</c>.</summary>
/// <param name="Result">"done", "refused" or "cannot".</param>
/// <param name="Reason">Empty when done.</param>
internal readonly record struct CommandAnswer(string Result, string Reason)
{
    public static CommandAnswer Done { get; } = new("done", "");

    /// <summary>The command must not be obeyed.</summary>
    public static CommandAnswer Refused(string reason) => new("refused", reason);

    /// <summary>The command is right, but this device is not able to, now or ever.</summary>
    public static CommandAnswer Cannot(string reason) => new("cannot", reason);
}
