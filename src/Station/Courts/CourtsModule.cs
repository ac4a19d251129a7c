using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Station.Contract;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Courts;

/// <summary>Courts that watch each other: what makes this court's entries final, and what it vouches for at others.</summary>
internal static class CourtsModule
{
    /// <summary>Needs AddFacts.</summary>
    /// <param name="court">Which court this is; it takes part where the adopted epoch names its log.</param>
    public static void AddCourts(this WebApplicationBuilder builder, CourtIdentity court)
    {
        var data = builder.Configuration["Station:DataDirectory"]!;
        builder.Services.AddOptions<CourtsOptions>().BindConfiguration("Courts").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<FinalHeads>();
        builder.Services.AddSingleton<ChainChanges>();
        if (GovernanceFile.Read(data) is { } governance && governance.Current.Find(court.Origin) is { } self)
        {
            AddSeat(builder.Services, data, governance, self);
        }
        else
        {
            builder.Services.AddSingleton<OtherLogs>(static () => []);
            builder.Services.AddHostedService<StandsAlone>();
        }
    }

    public static void MapCourts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/courts", CourtsEndpoints.Get).RequireAuthorization(Access.Staff);
        routes.MapGet("/api/courts/forks/{hash}", CourtsEndpoints.Fork).RequireAuthorization(Access.Staff)
            .Sends("application/cbor").Refuses(StatusCodes.Status404NotFound);
        if (routes.ServiceProvider.GetService<CourtMirrors>() is null)
        {
            return;
        }

        routes.MapPost(CourtLink.PushPath, CourtsLinkEndpoints.PushAsync).WithMetadata(new CourtsOnly()).AddEndpointFilter<MessageLimit>().ExcludeFromDescription();
        routes.MapPost(CourtLink.HeadsPath, CourtsLinkEndpoints.HeadsAsync).WithMetadata(new CourtsOnly()).AddEndpointFilter<MessageLimit>().ExcludeFromDescription();
    }

    private static void AddSeat(IServiceCollection services, string data, GovernanceLog governance, CourtMember self)
    {
        var epoch = governance.Current;
        services.AddSingleton(_ => LinkKey.Open(data));
        services.AddSingleton(_ => CosignerKeys.Open(data, epoch.Number));
        services.AddSingleton(_ => new EpochVerifier(epoch));
        services.AddSingleton(s => new CourtSeat(
            governance, s.GetRequiredService<EpochVerifier>(), self, s.GetRequiredService<CosignerKeys>().ToCosigner(self.Origin)));
        services.AddSingleton(s => Hearing.Of(s.GetRequiredService<CourtSeat>()));
        services.AddSingleton<ICourtMemory>(_ => SqliteCourtMemory.Open(Path.Combine(data, "courts", "memory.db")));
        services.AddSingleton(s => new CourtMirrors(
            data, s.GetRequiredService<CourtSeat>(), s.GetRequiredService<Hearing>(), s.GetRequiredService<ICourtMemory>()));
        services.AddSingleton<CourtsBoard>();
        services.AddSingleton<CourtRefusals>();
        services.AddSingleton<HeadsExchange>();
        services.AddSingleton<CourtsViews>();
        services.AddHostedService<CourtsWatch>();
        services.AddSingleton<OtherLogs>(s => () => [.. s.GetRequiredService<CourtSeat>().Others.Select(c => new OtherLog(c.Code, c.Origin,
            s.GetRequiredService<CourtsBoard>().FinalOf(c.Origin) is { } v ? new FinalHead(v.Checkpoint.Size, v.Checkpoint.Root, v.Note, v) : null))]);
        services.AddSingleton<OwnFinality>();
        services.AddHostedService(s => s.GetRequiredService<OwnFinality>());
        services.AddHostedService(s =>
        {
            s.GetRequiredService<HealthBoard>().Watch(CourtsBoard.Part, s.GetRequiredService<CourtsViews>().Health);
            return ActivatorUtilities.CreateInstance<CourtLinks>(s);
        });
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, CourtsPort>();
    }
}
