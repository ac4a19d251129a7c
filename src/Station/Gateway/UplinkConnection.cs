namespace Cinnabar.Station.Gateway;

/// <summary>Marks a connection that came in on the seals' port.</summary>
internal sealed class UplinkConnection;
