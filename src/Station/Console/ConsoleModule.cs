using System.Text.Json;
using System.Text.Json.Serialization;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tiles;
using Cinnabar.Station.Contract;
using Cinnabar.Station.Gateway;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Console;

/// <summary>What the court's people work with: accounts and sessions, the log, live events, health, the pages themselves.</summary>
internal static class ConsoleModule
{
    private const int RequestBytesMax = 256 * 1024;

    public static void AddConsole(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ConsoleOptions>().BindConfiguration("Console").ValidateDataAnnotations().ValidateOnStart();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            json.SerializerOptions.Converters.Add(new JsonTime());
        });
        services.AddAccounts();
        services.AddAuthorization(Access.Configure);
        services.AddProblemDetails();
        services.AddApiDescription();
        services.AddSingleton(s => new TileResponder(s.GetRequiredService<CourtLog>().Tiles));
        services.AddSingleton<RefusalRecord>();
        services.AddSingleton<LiveFeed>();
        services.AddHostedService<ConsoleFeeder>();
        services.AddHostedService<ChainFeeder>();
    }

    /// <summary>Accounts alone, which the command line needs as well.</summary>
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<CourtUserStore>();
        services.AddSingleton<IUserStore<CourtUser>>(s => s.GetRequiredService<CourtUserStore>());
        services.AddSingleton<UnknownLogins>();
        services.AddIdentityCore<CourtUser>(o => Accounts.ConfigurePasswords(o.Password))
            .AddSignInManager()
            .AddPasswordValidator<CommonPasswords>()
            .AddClaimsPrincipalFactory<CourtClaims>();
        services.AddOptions<IdentityOptions>().Configure<IOptions<ConsoleOptions>>((identity, console) =>
        {
            identity.Lockout.MaxFailedAccessAttempts = console.Value.FailuresMax;
            identity.Lockout.DefaultLockoutTimeSpan = console.Value.Lockout;
        });
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, cookie =>
        {
            cookie.Cookie.Name = "cinnabar";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;

            // An API answers with a status; the console shows its own sign-in page.
            cookie.Events.OnRedirectToLogin = c => Status(c.Response, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = c => Status(c.Response, StatusCodes.Status403Forbidden);
        });
        services.AddOptions<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<ConsoleOptions>>((cookie, console) => cookie.ExpireTimeSpan = console.Value.SessionLifetime);
    }

    /// <summary>Rules for every request, before routing.</summary>
    public static void UseConsole(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => e is LogStoppedException or LogStoreException or TileSourceException ? StatusCodes.Status503ServiceUnavailable
                : e is BadHttpRequestException bad ? bad.StatusCode
                : StatusCodes.Status500InternalServerError,
        });
        app.Use(next => http => HeaderRules.ApplyAsync(http, next));
        app.Use(next => http => app.Services.GetRequiredService<RefusalRecord>().WatchAsync(http, next));
        app.UseWhen(IsConsoleApi, api => api.UseStatusCodePages());
        // The verifier page is one file with a policy of its own, which its route gives it; the file by itself would come under this one.
        app.UseWhen(http => !http.Request.Path.StartsWithSegments("/verify"), files => files.UseStaticFiles());
    }

    public static void MapConsole(this WebApplication app)
    {
        var small = new RequestSizeLimitAttribute(RequestBytesMax);
        app.MapPost("/api/session", SessionEndpoints.SignInAsync).Produces<Me>().WithMetadata(small)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests);
        app.MapDelete("/api/session", SessionEndpoints.SignOutAsync).Produces(StatusCodes.Status204NoContent);
        app.MapGet("/api/session", SessionEndpoints.MeAsync).Produces<Me>().Produces(StatusCodes.Status204NoContent);

        var accounts = app.MapGroup("/api/accounts").RequireAuthorization(Access.Administration).WithMetadata(small);
        accounts.MapGet("", AccountEndpoints.List);
        accounts.MapPost("", AccountEndpoints.CreateAsync).Produces<AccountView>(StatusCodes.Status201Created).ProducesValidationProblem();
        accounts.MapDelete("/{login}", AccountEndpoints.DeleteAsync).Produces(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);

        var log = app.MapGroup("/api/log").RequireAuthorization(Access.Staff);
        log.MapGet("", LogEndpoints.Summary);
        log.MapGet("/entries", LogEndpoints.Entries).Produces<LogEntryCard[]>();
        log.MapGet("/entries/{index:long}", LogEndpoints.Entry).Produces<LogEntryDetail>().Refuses(StatusCodes.Status404NotFound);
        log.MapGet("/statements/{hash}", LogEndpoints.StatementOf).Produces<LogEntryDetail>().Refuses(StatusCodes.Status404NotFound);
        app.MapGet("/api/receipts/{hash}", LogEndpoints.ReceiptAsync).RequireAuthorization(Access.Anyone)
            .Sends("application/scitt-receipt+cose").Refuses(StatusCodes.Status404NotFound);
        app.MapGet("/api/receipts/{hash}/proof", LogEndpoints.ProofAsync).RequireAuthorization(Access.Anyone)
            .Sends("text/plain").Refuses(StatusCodes.Status404NotFound);
        app.MapGet("/tlog/{**path}", LogEndpoints.TileAsync).Sends("application/octet-stream", "text/plain").Refuses(StatusCodes.Status404NotFound);

        app.MapGet("/api/events", EventsEndpoint.StreamAsync).RequireAuthorization(Access.Anyone)
            .Produces<LiveEvents>(StatusCodes.Status200OK, "text/event-stream").Refuses(StatusCodes.Status503ServiceUnavailable);
        app.MapMethods("/healthz", [HttpMethods.Get, HttpMethods.Head], HealthEndpoint.Read)
            .Produces<StationHealth>(StatusCodes.Status503ServiceUnavailable);
        app.MapApiDescription();
        app.MapGet("/", () => Results.Redirect("/console/")).ExcludeFromDescription();
        app.MapFallbackToFile("/console/{**path:nonfile}", "console/index.html");
    }

    /// <summary>Whose refusals carry problem details; a stranger at the seals' port hears a status and nothing else.</summary>
    private static bool IsConsoleApi(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && http.Features.Get<UplinkConnection>() is null;

    private static Task Status(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }
}
