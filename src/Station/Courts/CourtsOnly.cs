namespace Cinnabar.Station.Courts;

/// <summary>Marks an endpoint that only other courts reach.</summary>
internal sealed class CourtsOnly;
