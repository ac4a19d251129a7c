using System.Diagnostics;
using Spectre.Console;

namespace Cinnabar.Demo;

/// <summary>Prints what happens as it happens, with the time since the last cut.</summary>
public sealed class Timeline
{
    private readonly Lock _printing = new();
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = System.Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
    });
    private long _start = Stopwatch.GetTimestamp();

    /// <summary>Lines are the terminal's to wrap, so that an address stays whole.</summary>
    public Timeline() => _console.Profile.Width = 1000;

    /// <summary>From now on times count from here.</summary>
    public void Restart() => _start = Stopwatch.GetTimestamp();

    /// <summary>Milliseconds since <see cref="Restart"/>.</summary>
    public double ElapsedMs => Stopwatch.GetElapsedTime(_start).TotalMilliseconds;

    public void Step(string text) => Print("[bold]" + Markup.Escape(text) + "[/]");

    /// <summary>Something that took, or came after, a measured time.</summary>
    public void Measured(string text, double ms) => Print($"[green]{ms,9:0.0} ms[/]  {Markup.Escape(text)}");

    public void Note(string text) => Print("              " + Markup.Escape(text));

    public void Fail(string text) => Print("[red]" + Markup.Escape(text) + "[/]");

    private void Print(string markup)
    {
        lock (_printing)
        {
            _console.MarkupLine(markup);
        }
    }
}
