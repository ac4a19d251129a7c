using System.Collections.Immutable;

namespace Cinnabar.Seal.Voice;

/// <summary>One dated warning. The id goes into the statement that it was spoken.</summary>
/// <param name="Id">Stable identifier of this wording.</param>
/// <param name="Stage">1 approach, 2 touch, 3 breach.</param>
/// <param name="Language">zh or en.</param>
/// <param name="From">First day on which it may be spoken.</param>
/// <param name="Until">Last day on which it may be spoken; null while in force.</param>
/// <param name="Citations">Statute version and article, as <c>CPL-2023:114</c>; the version is a key of the sources.</param>
/// <param name="Text">The wording.</param>
internal sealed record VoiceText(
    string Id,
    int Stage,
    string Language,
    DateOnly From,
    DateOnly? Until,
    ImmutableArray<string> Citations,
    string Text)
{
    public bool IsInForce(DateOnly day) => day >= From && (Until is null || day <= Until);
}
