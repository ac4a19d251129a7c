namespace Cinnabar.Station.Orders;

/// <summary>A command was signed and is on its way to the seal; what the seal says comes as an event.</summary>
/// <param name="Command">Hash of its statement, hex.</param>
internal sealed record CommandSent(string Command);
