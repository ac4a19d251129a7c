using Cinnabar.Registry.Periods;
using Cinnabar.Registry.States;
using Cinnabar.Station.Contract;
using Cinnabar.Station.Seals;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Orders;

/// <summary>What the court decides about seals: orders, installation, arming, grants, commands, lapse.</summary>
internal static class OrdersModule
{
    // Room for the multipart frame and for the fields around a picture in base64.
    private const int EnvelopeBytes = 64 * 1024;

    public static void AddOrders(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<OrdersOptions>().BindConfiguration("Orders").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OrdersStore>();
        services.AddSingleton<OrdersDesk>();
        services.AddSingleton<SealCommands>();
        services.AddSingleton<UplinkAddress>();
        services.AddHostedService<OrdersSweep>();
    }

    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<IOptions<OrdersOptions>>().Value;
        var seals = routes.MapGroup("/api/seals");
        var orders = seals.MapGroup("").RequireAuthorization(Access.Orders);
        orders.MapPost("", OrdersEndpoints.IssueAsync).Produces<SealDetail>(StatusCodes.Status201Created)
            .ProducesValidationProblem().Produces<RuleRefusal>(StatusCodes.Status422UnprocessableEntity)
            .Refuses(StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);

        // Antiforgery is the header rule of the console: no other site can send X-Cinnabar.
        orders.MapPost("/{sealNumber}/ruling", OrdersEndpoints.RulingAsync).DisableAntiforgery().Produces<RulingFiled>().RefusesAsDesk()
            .WithMetadata(new RequestSizeLimitAttribute(options.RulingBytesMax + EnvelopeBytes));
        orders.MapDelete("/{sealNumber}/private-record", OrdersEndpoints.EraseAsync).RequireAuthorization(Access.Administration)
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);

        var mounting = seals.MapGroup("").RequireAuthorization(p => p.RequireRole(Access.Administrator, Access.Judge, Access.Clerk, Access.Officer));
        mounting.MapPost("/{sealNumber}/enrolment", OrdersEndpoints.Enrol).Produces<EnrolmentView>()
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        mounting.MapPost("/{sealNumber}/install", OrdersEndpoints.InstallAsync).Produces<SealDetail>().RefusesAsDesk()
            .WithMetadata(new RequestSizeLimitAttribute((options.PhotoBytesMax / 3 * 4) + EnvelopeBytes));
        Step(mounting, "remove", LegalEvent.Remove);

        // Domain 2.1: a clerk prepares, but does not arm or lift.
        var judge = seals.MapGroup("").RequireAuthorization(p => p.RequireRole(Access.Administrator, Access.Judge));
        Step(judge, "arm", LegalEvent.Arm);
        Step(judge, "disarm", LegalEvent.Suspend);
        Step(judge, "lift", LegalEvent.Lift);
        judge.MapPost("/{sealNumber}/grants", OrdersEndpoints.GrantAsync).Produces<GrantGiven>(StatusCodes.Status201Created).RefusesAsDesk();
        seals.MapPost("/{sealNumber}/commands", OrdersEndpoints.CommandAsync).RequireAuthorization(Access.Duty)
            .Produces<CommandSent>(StatusCodes.Status202Accepted).RefusesAsDesk(byRule: true);

        var rules = routes.MapGroup("/api/rules").RequireAuthorization(Access.Staff);
        rules.MapGet("/periods", OrdersEndpoints.Periods);
        rules.MapGet("/voice", OrdersEndpoints.Voice);
    }

    private static void Step(RouteGroupBuilder group, string name, LegalEvent what) =>
        group.MapPost(
            $"/{{sealNumber}}/{name}",
            (string sealNumber, ReasonDraft draft, HttpContext http, OrdersDesk desk, SealCommands commands, SealViews views) =>
                OrdersEndpoints.MoveAsync(what, sealNumber, draft, http, desk, commands, views))
            .Produces<SealDetail>().RefusesAsDesk(byRule: true);

    /// <summary>What <see cref="DeskAnswer"/> becomes when it is no Done.</summary>
    private static RouteHandlerBuilder RefusesAsDesk(this RouteHandlerBuilder route, bool byRule = false)
    {
        var desk = route.ProducesValidationProblem().Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
        return byRule ? desk.Produces<RuleRefusal>(StatusCodes.Status422UnprocessableEntity) : desk;
    }
}
