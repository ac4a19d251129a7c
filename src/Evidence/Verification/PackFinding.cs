namespace Cinnabar.Evidence.Verification;

/// <summary>Something a reader of a pack must know, though it refutes nothing.</summary>
/// <param name="Code">What kind of thing.</param>
/// <param name="Text">In words.</param>
public sealed record PackFinding(PackFindingCode Code, BilingualText Text);
