namespace Cinnabar.Station.Setup;

/// <summary>A <c>court</c> command did nothing; the message tells the operator why and what to do.</summary>
internal sealed class CourtRefusedException(string message) : Exception(message);
