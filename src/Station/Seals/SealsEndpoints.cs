using Microsoft.AspNetCore.Http.HttpResults;

namespace Cinnabar.Station.Seals;

/// <summary>The wall of seals and one seal: docs/formats/api.md, Seals.</summary>
internal static class SealsEndpoints
{
    public static IReadOnlyList<SealCard> Cards(HttpContext http, SealViews views) => views.Cards(Viewer.Of(http.User));

    public static Results<Ok<SealDetail>, NotFound> Detail(string sealNumber, HttpContext http, SealViews views) =>
        views.Detail(sealNumber, Viewer.Of(http.User)) is { } detail ? TypedResults.Ok(detail) : TypedResults.NotFound();
}
