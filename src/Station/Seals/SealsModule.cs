using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Anchors;

namespace Cinnabar.Station.Seals;

/// <summary>How every seal stands, told by its facts: what Orders, Console, Phone and Public show and decide from.</summary>
internal static class SealsModule
{
    public static void AddSeals(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<SealsStore>();
        services.AddSingleton<SealBoard>();
        services.AddSingleton<PrivateRecords>();
        services.AddSingleton(s => new ProofStates(s.GetRequiredService<FinalHeads>(), () => s.GetRequiredService<AnchorKeeper>().AnchoredSize));
        services.AddSingleton<SealViews>();
        services.AddSingleton<SealsSignals>();
        services.AddHostedService(s => s.GetRequiredService<SealsSignals>());
        services.AddSingleton<SealsFollower>();
        services.AddHostedService(s => s.GetRequiredService<SealsFollower>());
        services.AddHostedService<OrphanedRecords>();
    }

    public static void MapSeals(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/seals").RequireAuthorization(Access.Anyone);
        api.MapGet("", SealsEndpoints.Cards);
        api.MapGet("/{sealNumber}", SealsEndpoints.Detail);
    }
}
