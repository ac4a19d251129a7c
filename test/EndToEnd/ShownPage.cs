namespace Cinnabar.EndToEnd;

/// <summary>One page as a person gets to see it.</summary>
/// <param name="CompleteWhen">A selector that is visible when the page has all its data.</param>
/// <param name="Key">A key to press first, for a dialog.</param>
internal sealed record ShownPage(string Name, string Path, string CompleteWhen, bool SignedIn = true, string? Key = null);
