namespace Cinnabar.Seal.Custody;

/// <summary>An opening from the acceptance of its grant until everything is shut again.</summary>
/// <param name="Grant">The court's grant.</param>
/// <param name="ClosesAtMonotonic">
/// Set when the window is entered. The window also ends by this clock, so that turning the wall clock
/// back cannot prolong it.
/// </param>
/// <param name="Opened">Door or strip was opened inside the window.</param>
/// <param name="Overdue">The window ended with something open; <c>open.overdue</c> was recorded.</param>
internal sealed record OpeningState(OpeningGrant Grant, TimeSpan? ClosesAtMonotonic, bool Opened, bool Overdue)
{
    public bool IsWindowOpen(Moment at) => !Overdue && at.Wall >= Grant.From && !IsWindowOver(at);

    public bool IsWindowOver(Moment at) =>
        Overdue || at.Wall >= Grant.Until || (ClosesAtMonotonic is { } end && at.Monotonic >= end);
}
