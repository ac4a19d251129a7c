using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Orders;

/// <summary>Why: no change of state without one.</summary>
internal sealed record ReasonDraft([property: Required] string? Reason);
