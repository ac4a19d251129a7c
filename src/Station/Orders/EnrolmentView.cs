namespace Cinnabar.Station.Orders;

/// <summary>What the installer types into the seal.</summary>
/// <param name="Code">One-time code and fingerprint of the court's CA.</param>
/// <param name="Uplink">Address the seal connects to.</param>
internal sealed record EnrolmentView(string Code, DateTimeOffset Expires, string Uplink);
