using Cinnabar.Evidence;
using Cinnabar.Registry.Periods;

namespace Cinnabar.Station.Orders;

/// <summary>The limit of one category, said before it is broken; docs/formats/api.md, PeriodRule.</summary>
/// <param name="Until">Last date allowed.</param>
internal sealed record PeriodView(SealCategory Category, BilingualText Name, int MaxYears, DateOnly Until, BilingualText Article);
