using Cinnabar.Registry;

namespace Cinnabar.Station.Orders;

/// <summary>The limit of one category, said before it is broken; docs/formats/api.md, PeriodRule.</summary>
/// <param name="Until">Last date allowed.</param>
internal sealed record PeriodView(string Category, BilingualText Name, int MaxYears, DateOnly Until, BilingualText Article);
