using System.Text.Json;
using System.Text.Json.Serialization;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Storage;
using Cinnabar.Ledger.Tiles;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Diagnostics.HealthChecks;
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
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            json.SerializerOptions.Converters.Add(new JsonTime());
        });
        services.AddAccounts();
        services.AddAuthorization(Access.Configure);
        services.AddProblemDetails();
        services.AddOpenApi("openapi");
        services.AddHealthChecks().AddCheck<LogHealthCheck>("log").AddCheck<DatabaseHealthCheck>("database");
        services.AddSingleton(s => new TileResponder(s.GetRequiredService<CourtLog>().Tiles));
        services.AddSingleton<RefusalRecord>();
        services.AddSingleton<LiveFeed>();
        services.AddHostedService<ConsoleFeeder>();
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
        app.UseStaticFiles();
    }

    public static void MapConsole(this WebApplication app)
    {
        var small = new RequestSizeLimitAttribute(RequestBytesMax);
        app.MapPost("/api/session", SessionEndpoints.SignInAsync).Produces<Me>().WithMetadata(small);
        app.MapDelete("/api/session", SessionEndpoints.SignOutAsync);
        app.MapGet("/api/session", SessionEndpoints.MeAsync).Produces<Me>();

        var accounts = app.MapGroup("/api/accounts").RequireAuthorization(Access.Administration).WithMetadata(small);
        accounts.MapGet("", AccountEndpoints.List);
        accounts.MapPost("", AccountEndpoints.CreateAsync).Produces<AccountView>(StatusCodes.Status201Created);
        accounts.MapDelete("/{login}", AccountEndpoints.DeleteAsync);

        var log = app.MapGroup("/api/log").RequireAuthorization(Access.Staff);
        log.MapGet("", LogEndpoints.Summary);
        log.MapGet("/entries", LogEndpoints.Entries).Produces<LogEntryCard[]>();
        log.MapGet("/entries/{index:long}", LogEndpoints.EntryAsync).Produces<LogEntryDetail>();
        log.MapGet("/statements/{hash}", LogEndpoints.StatementAsync).Produces<LogEntryDetail>();
        app.MapGet("/api/receipts/{hash}", LogEndpoints.ReceiptAsync).RequireAuthorization(Access.Anyone);
        app.MapGet("/tlog/{**path}", LogEndpoints.TileAsync).ExcludeFromDescription();

        app.MapGet("/api/events", EventsEndpoint.StreamAsync).RequireAuthorization(Access.Anyone).ExcludeFromDescription();
        app.MapHealthChecks("/healthz", new HealthCheckOptions { ResponseWriter = WriteHealthAsync });
        app.MapOpenApi("/api/{documentName}.json").ExcludeFromDescription();
        app.MapGet("/", () => Results.Redirect("/console/")).ExcludeFromDescription();
        app.MapFallbackToFile("/console/{**path:nonfile}", "console/index.html");
    }

    private static Task WriteHealthAsync(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        parts = report.Entries.ToDictionary(e => e.Key, e => e.Value.Status == HealthStatus.Healthy ? "ok" : e.Value.Description ?? e.Value.Status.ToString()),
    }, http.RequestAborted);

    private static Task Status(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }
}
