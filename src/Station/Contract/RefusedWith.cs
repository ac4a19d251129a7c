namespace Cinnabar.Station.Contract;

/// <summary>A status that an endpoint refuses with; the body is problem details (RFC 9457).</summary>
internal sealed record RefusedWith(int Status);
