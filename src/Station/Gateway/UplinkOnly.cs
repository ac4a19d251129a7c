namespace Cinnabar.Station.Gateway;

/// <summary>Marks an endpoint that only seals reach.</summary>
internal sealed class UplinkOnly;
