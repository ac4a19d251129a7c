using Cinnabar.Evidence;
using Cinnabar.Registry.Periods;

namespace Cinnabar.Registry.Statutes;

/// <summary>What a notice is about. Holds no personal data: the page behind the QR is for everybody.</summary>
/// <param name="Court">Name of the court.</param>
/// <param name="CaseNumber">Case number in its normal spelling.</param>
/// <param name="SealNumber">Printed number of the seal.</param>
/// <param name="Category">What is sealed.</param>
/// <param name="From">First day; the statutes of this day are cited.</param>
/// <param name="Until">Last day.</param>
/// <param name="Phone">Duty telephone, or null.</param>
public sealed record NoticeFacts(
    BilingualText Court, string CaseNumber, string SealNumber, SealCategory Category, DateOnly From, DateOnly Until, string? Phone);
