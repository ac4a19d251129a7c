namespace Cinnabar.Seal.Keys;

/// <summary>Key material that must not be used; the text says which file and why.</summary>
internal sealed class KeyRefusedException(string message) : Exception(message);
