namespace Cinnabar.Station.Courts;

/// <summary>One court's log.</summary>
/// <param name="Code">Code of its owner.</param>
/// <param name="Size">Of the newest head that its owner signed and that is known here.</param>
/// <param name="HeldSize">How much of it this court holds and has checked.</param>
/// <param name="FinalSize">Of the newest final head known here; 0 before the first.</param>
/// <param name="FinalAt">Median of the cosigners' clocks under it.</param>
/// <param name="Voices">What each court of the epoch said to the newest final head or after it.</param>
internal sealed record CourtLogView(
    string Code, string Origin, long Size, long HeldSize, long FinalSize, DateTimeOffset? FinalAt, IReadOnlyList<VoiceView> Voices);
