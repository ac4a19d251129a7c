namespace Cinnabar.Demo;

/// <summary>Something the demo needs did not happen; the message says what, for a person.</summary>
public sealed class DemoException(string message) : Exception(message);
