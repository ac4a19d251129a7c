using System.Collections.Immutable;
using Cinnabar.Evidence;

namespace Cinnabar.Registry.Statutes;

/// <summary>What the seal says at one stage on one day.</summary>
/// <param name="Stage">1 approach, 2 touch, 3 breach.</param>
/// <param name="Text">The words.</param>
/// <param name="Citations">Statute version and article, as CPL-2023:114.</param>
public sealed record VoiceText(int Stage, BilingualText Text, ImmutableArray<string> Citations);
