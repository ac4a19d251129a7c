using Cinnabar.Registry.Periods;
using Cinnabar.Registry.States;
using Cinnabar.Registry.Statutes;
using Cinnabar.Station.Gateway;
using Cinnabar.Station.Seals;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Orders;

/// <summary>Orders, commands and rule tables: docs/formats/api.md, Seals.</summary>
internal static class OrdersEndpoints
{
    public static async Task<IResult> IssueAsync(OrderDraft draft, HttpContext http, OrdersDesk desk, SealViews views) =>
        await AnswerAsync(desk.Issue(draft, Login(http)), done => Results.Created(
            $"/api/seals/{Uri.EscapeDataString(done.Fact.Statement.Subject)}", views.Detail(done.Fact.Statement.Subject, Viewer.Of(http.User))));

    public static async Task<IResult> RulingAsync(string sealNumber, IFormFile file, HttpContext http, OrdersDesk desk, IOptions<OrdersOptions> options)
    {
        if (file.Length > options.Value.RulingBytesMax)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        using var pdf = new MemoryStream((int)file.Length);
        await file.CopyToAsync(pdf, http.RequestAborted);
        return await AnswerAsync(
            desk.FileRuling(sealNumber, pdf.GetBuffer().AsSpan(0, (int)pdf.Length), Login(http)),
            done => Results.Ok(new RulingFiled(done.Fact.Statement.Data!.Digest.ToString())));
    }

    public static IResult Enrol(string sealNumber, OrdersDesk desk, Enrolment enrolment, UplinkAddress uplink)
    {
        if (desk.Find(sealNumber) is not { } seal)
        {
            return Results.NotFound();
        }

        if (LegalStates.Next(seal.Legal!.Value, LegalEvent.Issue) is null)
        {
            return Conflict($"A seal that is {seal.Legal} takes no device.");
        }

        var (code, expires) = enrolment.NewCode(sealNumber);
        return Results.Ok(new EnrolmentView(code, expires, uplink.ToString()));
    }

    public static async Task<IResult> InstallAsync(
        string sealNumber, Installation installation, HttpContext http, OrdersDesk desk, SealViews views, IOptions<OrdersOptions> options)
    {
        byte[]? photo = null;
        if (installation.Photo is { Length: > 0 } text)
        {
            photo = new byte[(text.Length / 4 * 3) + 3];
            if (!Convert.TryFromBase64String(text, photo, out var length) || length > options.Value.PhotoBytesMax)
            {
                return Malformed("photo", $"Expected base64 of at most {options.Value.PhotoBytesMax} bytes.");
            }

            photo = photo[..length];
        }

        return await DetailAsync(desk.Install(sealNumber, installation, photo, Login(http)), http, views);
    }

    /// <summary>One step of an order's life.</summary>
    public static async Task<IResult> MoveAsync(
        LegalEvent what, string sealNumber, ReasonDraft draft, HttpContext http, OrdersDesk desk, SealCommands commands, SealViews views)
    {
        var answer = desk.Move(sealNumber, what, draft.Reason, Login(http));
        if (answer is DeskAnswer.Done)
        {
            commands.KeepPosture(sealNumber);
        }

        return await DetailAsync(answer, http, views);
    }

    public static async Task<IResult> GrantAsync(string sealNumber, GrantDraft draft, HttpContext http, SealCommands commands) =>
        await AnswerAsync(commands.Grant(sealNumber, draft, Login(http)), done =>
            Results.Created((string?)null, new GrantGiven(done.Fact.Statement.Hash.ToString())));

    public static async Task<IResult> CommandAsync(string sealNumber, CommandDraft draft, HttpContext http, SealCommands commands) =>
        await AnswerAsync(commands.Send(sealNumber, draft, Login(http)), done =>
            Results.Accepted((string?)null, new CommandSent(done.Fact.Statement.Hash.ToString())));

    public static async Task<IResult> EraseAsync(string sealNumber, HttpContext http, OrdersDesk desk) =>
        await AnswerAsync(desk.Erase(sealNumber, Login(http)), _ => Results.NoContent());

    public static IReadOnlyList<PeriodView> Periods(DateOnly from) => [.. Enum.GetValues<SealCategory>()
        .Select(c => PeriodTable.Find(c, from)).OfType<PeriodRule>()
        .Select(r => new PeriodView(r.Category, r.Name, r.YearsMax, r.LastDay(from), r.Article))];

    public static IReadOnlyList<VoiceText> Voice(DateOnly on) => VoiceTable.On(on);

    private static Task<IResult> DetailAsync(DeskAnswer answer, HttpContext http, SealViews views) => AnswerAsync(
        answer, done => Results.Ok(views.Detail(done.Fact.Statement.Subject, Viewer.Of(http.User))));

    private static async Task<IResult> AnswerAsync(DeskAnswer answer, Func<DeskAnswer.Done, IResult> done) => answer switch
    {
        // Promised only when it is durable. What the log cannot take now is offered to it again, so it may still come true.
        DeskAnswer.Done fact => (await fact.Fact.Sequencing).IsSequenced ? done(fact) : Results.Problem(
            "The log does not write now; the statement is kept and entered when it does.", statusCode: StatusCodes.Status503ServiceUnavailable),
        DeskAnswer.Refused refused => Results.Json(refused.Refusal, statusCode: StatusCodes.Status422UnprocessableEntity),
        DeskAnswer.Malformed malformed => Malformed(malformed.Field, malformed.Sentence),
        DeskAnswer.Conflict conflict => Conflict(conflict.Sentence),
        _ => Results.NotFound(),
    };

    private static IResult Malformed(string field, string sentence) =>
        Results.ValidationProblem(new Dictionary<string, string[]> { [field] = [sentence] });

    private static IResult Conflict(string sentence) => Results.Problem(sentence, statusCode: StatusCodes.Status409Conflict);

    private static string Login(HttpContext http) => http.User.Identity!.Name!;
}
