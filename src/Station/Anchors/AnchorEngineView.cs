using Cinnabar.Evidence;

namespace Cinnabar.Station.Anchors;

/// <summary>The anchor engine.</summary>
/// <param name="Identity">Whom this court believes; absent before the first meeting.</param>
/// <param name="Answers">Who answers now; what an administrator compares before adopting. Absent before the first answer since the start.</param>
/// <param name="Since">Since when it is not good.</param>
/// <param name="Trouble">Why, for the person who must act.</param>
internal sealed record AnchorEngineView(
    AnchorEngineKind Name, string? Identity, string? Answers, AnchorEngineState State, DateTimeOffset? Since, BilingualText? Trouble);
