namespace Cinnabar.Seal;

/// <summary>A configuration that cannot be used.</summary>
internal sealed class SealOptionsException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors));
