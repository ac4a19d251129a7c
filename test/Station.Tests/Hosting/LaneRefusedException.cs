using System.Net;

namespace Cinnabar.Station.Tests.Hosting;

/// <summary>The station did not open the lane.</summary>
internal sealed class LaneRefusedException(HttpStatusCode status, Exception inner) : Exception($"Refused with {(int)status}.", inner)
{
    /// <summary>HTTP status; 0 when it did not come so far.</summary>
    public HttpStatusCode Status => status;
}
