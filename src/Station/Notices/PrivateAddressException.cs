using System.Net;

namespace Cinnabar.Station.Notices;

/// <summary>A name led to an address inside the house, and the channel's options do not allow that.</summary>
internal sealed class PrivateAddressException(string host, IPAddress address)
    : IOException($"{host} leads to {address}, which is not public; set AllowPrivateAddresses if that is meant.");
