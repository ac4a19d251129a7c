using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Anchors;

/// <summary>Believe the engine that answers, from now on.</summary>
/// <param name="Identity">The one that was looked at; another one that answers meanwhile is not adopted.</param>
internal sealed record AdoptionDraft([property: Required, StringLength(300, MinimumLength = 1)] string Identity);
