using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Orders;

/// <summary>The sealed property.</summary>
/// <param name="Division">Six digits of GB/T 2260, or null. Need not be the court's own: the founding case differed.</param>
internal sealed record PropertyDraft([property: Required] string? Address, string? Description, string? Division, string? RegistryNumber);
