using Cinnabar.Evidence;

namespace Cinnabar.Registry.Periods;

/// <summary>Why an order breaks a rule, for the person who must change it.</summary>
/// <param name="Rule">Stable rule id of domain.md 3, such as P1.</param>
/// <param name="Article">The provision.</param>
/// <param name="Text">What is wrong and what would be allowed.</param>
/// <param name="AllowedUntil">The last day that would be allowed, or null where no date helps.</param>
public sealed record RuleRefusal(string Rule, string Article, BilingualText Text, DateOnly? AllowedUntil);
