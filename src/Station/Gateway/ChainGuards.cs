using System.Collections.Concurrent;
using Cinnabar.Evidence;
using Cinnabar.Ledger;

namespace Cinnabar.Station.Gateway;

/// <summary>The guards of all devices that have connected since the start; one for each, whatever number of sessions.</summary>
internal sealed class ChainGuards(DevicesStore devices, CourtLog log)
{
    private readonly ConcurrentDictionary<string, ChainGuard> _guards = new(StringComparer.Ordinal);

    /// <summary>The device's guard. The first time, what the log says must have been applied (<see cref="Facts.Follower.CaughtUp"/>).</summary>
    public ChainGuard Of(DeviceRow device) => _guards.GetOrAdd(device.Device, _ => new ChainGuard(
        new ChainHead(device.Sequence, Digest.TryParseHex(device.Hash, out var hash) ? hash : default, device.Boot),
        statement => log.Find(statement) is not null,
        boot => devices.HadBoot(device.Device, boot)));
}
