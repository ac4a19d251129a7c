using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Anchors;
using Cinnabar.Station.Contract;
using Cinnabar.Station.Media;
using Cinnabar.Station.Seals;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Packs;

/// <summary>Evidence packs: everything about an incident in one file that anybody can check offline.</summary>
internal static class PacksModule
{
    public static void AddPacks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PacksOptions>().BindConfiguration("Packs").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PacksStore>();
        services.AddSingleton<PacksFollower>();
        services.AddHostedService(s => s.GetRequiredService<PacksFollower>());
        services.AddSingleton<Func<PackOriginals>>(s => () => new PackOriginals(
            s.GetRequiredService<ContentStore>(), s.GetRequiredService<RecordingsStore>(), s.GetRequiredService<PrivateRecords>(),
            s.GetRequiredService<IOptions<PacksOptions>>().Value));
        services.AddSingleton(s =>
        {
            var (log, anchors) = (s.GetRequiredService<CourtLog>(), s.GetRequiredService<AnchorKeeper>());
            return new PackHeads(
                log, s.GetRequiredService<FinalHeads>(), s.GetService<CourtSeat>()?.Governance,
                head => anchors.TryRead(book => PackAnchors.Cut(book, log, head), out var excerpt) ? excerpt : null);
        });
        services.AddSingleton<PacksExporter>();
    }

    public static void MapPacks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/verify", VerifierPage.ReadAsync).ExcludeFromDescription();
        // The file behind it, were it asked for by name, would come under the console's policy and not run.
        routes.MapGet("/verify/index.html", () => Results.LocalRedirect("/verify/")).ExcludeFromDescription();
        routes.MapGet("/api/incidents/{id}/pack", PacksEndpoints.ExportAsync).RequireAuthorization(Access.Pictures)
            .Sends("application/zip")
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status503ServiceUnavailable);
    }
}
