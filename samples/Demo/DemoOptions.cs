namespace Cinnabar.Demo;

/// <summary>What a run of the demo is given.</summary>
/// <param name="Camera">A real camera for seal 1, or null for the drawn door.</param>
/// <param name="ConsolePort">Port of the console; 0 takes a free one.</param>
public sealed record DemoOptions(string? Camera = null, int ConsolePort = 0);
