using System.ComponentModel.DataAnnotations;
using Cinnabar.Station.Contract;

namespace Cinnabar.Station.Orders;

/// <summary>A command of the moment.</summary>
/// <param name="Kind">sirenOff, speak or pictures.</param>
/// <param name="Stage">1 to 3, for speak.</param>
/// <param name="Text">Words to speak instead of a stage's own.</param>
internal sealed record CommandDraft([property: Required, OneOf(Vocabulary.Command)] string? Kind, int? Stage, string? Text);
