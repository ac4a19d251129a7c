using Cinnabar.Ledger.Anchors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cinnabar.Station.Anchors;

/// <summary>The anchor chain for people: docs/formats/api.md, Anchors.</summary>
internal static partial class AnchorsEndpoints
{
    public static AnchorsView Get(AnchorViews views) => views.All();

    /// <summary>An administrator has looked at the alarm, and at the engine that answers.</summary>
    public static Results<NoContent, Conflict> Adopt(AdoptionDraft draft, AnchorKeeper keeper, HttpContext http, ILogger<AnchorKeeper> logger)
    {
        if (!keeper.TryRead(book => TryAdopt(book, draft.Identity), out var adopted) || !adopted)
        {
            return TypedResults.Conflict();
        }

        LogAdopted(logger, http.User.Identity?.Name ?? "", draft.Identity);
        return TypedResults.NoContent();
    }

    private static bool TryAdopt(AnchorBook book, string identity)
    {
        if (book.Segment is not { SetAsideBy: not null } || book.Answered?.Value != identity)
        {
            return false;
        }

        book.Adopt(identity);
        return true;
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Warning, Message = "{Login} adopted the anchor engine {Identity}")]
    private static partial void LogAdopted(ILogger logger, string login, string identity);
}
