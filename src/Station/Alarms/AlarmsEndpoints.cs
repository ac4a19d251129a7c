using Cinnabar.Station.Seals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cinnabar.Station.Alarms;

/// <summary>Incidents: docs/formats/api.md.</summary>
internal static class AlarmsEndpoints
{
    public static Ok<IReadOnlyList<IncidentCard>> List(HttpContext http, IncidentViews views, SealBoard board, bool open = false) =>
        TypedResults.Ok(views.Cards(open, IncidentViewer.Of(http.User, board)));

    public static Results<Ok<IncidentDetail>, NotFound> Get(string id, HttpContext http, IncidentViews views, SealBoard board) =>
        views.Detail(id, IncidentViewer.Of(http.User, board)) is { } detail ? TypedResults.Ok(detail) : TypedResults.NotFound();

    public static async Task<Results<Ok<IncidentDetail>, NotFound, ProblemHttpResult>> AcknowledgeAsync(
        string id, HttpContext http, AlarmsQueue queue, IncidentViews views, CancellationToken cancellationToken) =>
        Answer(await queue.AcknowledgeAsync(id, Login(http), "console", cancellationToken), id, views);

    public static async Task<Results<Ok<IncidentDetail>, NotFound, ProblemHttpResult>> CloseAsync(
        string id, Closing closing, HttpContext http, AlarmsQueue queue, IncidentViews views, PrivateRecords records, CancellationToken cancellationToken)
    {
        var note = string.IsNullOrWhiteSpace(closing.Note) ? null : closing.Note.Trim();
        if (!Enum.IsDefined(closing.Outcome) || note?.Length > Closing.NoteMax)
        {
            return TypedResults.Problem($"An outcome of docs/formats/api.md and a note of at most {Closing.NoteMax} characters are needed.", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        if (closing.Outcome == IncidentOutcome.FalseAlarm && note is null)
        {
            return TypedResults.Problem("A false alarm needs a note that says what it was.", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        if (note is not null && views.Detail(id, IncidentViewer.Staff) is { } incident && records.Of(incident.SealNumber)?.IsToldBy(note) == true)
        {
            return TypedResults.Problem("The note goes into the log, which everybody may read: leave out the names, numbers and address of the order.", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        return Answer(await queue.CloseAsync(id, closing.Outcome, note, Login(http), cancellationToken), id, views);
    }

    private static Results<Ok<IncidentDetail>, NotFound, ProblemHttpResult> Answer(HandlingAnswer answer, string id, IncidentViews views)
    {
        if (views.Detail(id, IncidentViewer.Staff) is not { } detail)
        {
            return TypedResults.NotFound();
        }

        return answer == HandlingAnswer.Done
            ? TypedResults.Ok(detail)
            : TypedResults.Problem("The incident is closed.", statusCode: StatusCodes.Status409Conflict);
    }

    private static string Login(HttpContext http) => http.User.Identity?.Name ?? throw new InvalidOperationException("The route needs a signed-in person.");
}
