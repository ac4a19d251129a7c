using Cinnabar.Ledger;
using Cinnabar.Station.Contract;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Notices;
using Cinnabar.Station.Seals;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Alarms;

/// <summary>Incidents, warnings that repeat until somebody answers, and the auditor over them.</summary>
internal static class AlarmsModule
{
    /// <summary>Needs AddFacts, AddNotices, AddSeals, AddMedia and AddConsole.</summary>
    public static void AddAlarms(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AlarmsOptions>().BindConfiguration("Alarms").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(s => new AlarmsStore(new StationDatabase(
            Path.Combine(s.GetRequiredService<IOptions<StationOptions>>().Value.DataDirectory, "alarms.db"), s.GetRequiredService<HealthBoard>())));
        services.AddSingleton(s => new SmsReportTokens(s.GetRequiredService<AlarmsStore>().Secret("sms reports")));
        services.AddSingleton<Func<DeliveryReport, CancellationToken, Task>>(s => s.GetRequiredService<AlarmsQueue>().ReportAsync);
        services.AddSingleton(Plan);
        services.AddSingleton(s => new AlarmsEngine(
            s.GetRequiredService<AlarmsStore>(), s.GetRequiredService<WarningPlan>(), s.GetRequiredService<IOptions<AlarmsOptions>>().Value,
            s.GetRequiredService<TimeProvider>(), File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()));
        services.AddSingleton(s => s.GetRequiredService<AlarmsEngine>().Outbox);
        services.AddSingleton<SignFact>(s => s.GetRequiredService<FactWriter>().Sign);
        services.AddSingleton<OfferFact>(s => s.GetRequiredService<FactWriter>().OfferAsync);
        services.AddSingleton<AlarmsQueue>();
        services.AddSingleton<WarningSenders>();
        services.AddSingleton<IncidentChanges>();
        services.AddSingleton(s => OrderContacts.From(s.GetRequiredService<SealBoard>(), s.GetRequiredService<PrivateRecords>()));
        services.AddSingleton<IncidentMedia>();
        services.AddSingleton<IncidentViews>();
        services.AddSingleton<AlarmsScribe>();
        services.AddSingleton<AlarmsFollower>();
        services.AddSingleton<AlarmsAuditor>();
        services.AddHostedService<IncidentEvents>();
        services.AddHostedService<AlarmsErasure>();
        services.AddHostedService<AlarmsFeedReader>();
        services.AddHostedService(s => new AlarmsRehearsal(
            s.GetRequiredService<AlarmsStore>(), s.GetRequiredService<IOptions<AlarmsOptions>>().Value, s.GetRequiredService<FactWriter>(),
            s.GetRequiredService<KeyRegister>(), new Uri(s.GetRequiredService<IOptions<StationOptions>>().Value.PublicUrl), s.GetRequiredService<TimeProvider>()));
        services.AddHostedService(s => s.GetRequiredService<AlarmsScribe>());
        services.AddHostedService(s => s.GetRequiredService<AlarmsFollower>());
        services.AddHostedService(s => s.GetRequiredService<AlarmsAuditor>());
    }

    public static void MapAlarms(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/incidents").RequireAuthorization(Access.Anyone);
        api.MapGet("", AlarmsEndpoints.List);
        api.MapGet("/{id}", AlarmsEndpoints.Get);
        api.MapPost("/{id}/acknowledge", AlarmsEndpoints.AcknowledgeAsync).RequireAuthorization(Access.Duty).Refuses(StatusCodes.Status409Conflict);
        api.MapPost("/{id}/close", AlarmsEndpoints.CloseAsync).RequireAuthorization(Access.Duty)
            .Refuses(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);
    }

    private static WarningPlan Plan(IServiceProvider services)
    {
        var log = services.GetRequiredService<CourtLog>();
        return new WarningPlan(
            services.GetRequiredService<IOptions<AlarmsOptions>>().Value,
            services.GetRequiredService<ContactLookup>(),
            () => log.Head is { Size: > 0 } head ? $"{head.Size}:{head.Root.ToString()[..8]}" : null,
            new Uri(services.GetRequiredService<IOptions<StationOptions>>().Value.PublicUrl));
    }
}
