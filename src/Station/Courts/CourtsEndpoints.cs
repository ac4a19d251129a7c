using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Courts;

/// <summary>Who watches whom, for the chain page: docs/formats/api.md, Courts.</summary>
internal static class CourtsEndpoints
{
    public static CourtsView Get(CourtIdentity court, CourtLog log, FinalHeads final, IServiceProvider services) =>
        services.GetService<CourtsViews>() is { } views ? views.Now() : Alone(court, log, final);

    /// <summary>One evidence file, to be taken to whoever must be shown it: <c>cinnabar verify</c> checks it.</summary>
    public static IResult Fork(string hash, IServiceProvider services) =>
        services.GetService<CourtsViews>()?.Evidence(hash) is { } evidence
            ? Results.File(evidence.Bytes.ToArray(), "application/cbor", $"fork-{hash[..12]}.cbor")
            : Results.NotFound();

    private static CourtsView Alone(CourtIdentity court, CourtLog log, FinalHeads final)
    {
        var newest = final.Newest;
        return new CourtsView(
            court.Code, null,
            [new CourtView(court.Code, court.Title, court.Origin, true, CourtState.Good, null, "")],
            [new CourtLogView(court.Code, court.Origin, log.Head.Size, log.Head.Size, newest?.Size ?? 0, null, [])],
            []);
    }
}
