using System.ComponentModel.DataAnnotations;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Orders;

/// <summary>What the installer measured at the door.</summary>
/// <param name="Photo">JPEG of the mounted seal, base64, or null.</param>
internal sealed record Installation([property: Required] string? DeviceId, [property: Required] Frame? Frame, string? Photo);
