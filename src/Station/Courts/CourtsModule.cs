using Cinnabar.Ledger.Courts;

namespace Cinnabar.Station.Courts;

/// <summary>Courts that watch each other: what makes this court's entries final, and what it vouches for at others.</summary>
internal static class CourtsModule
{
    /// <summary>Needs AddFacts.</summary>
    public static void AddCourts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FinalHeads>();
        builder.Services.AddHostedService<StandsAlone>();
    }

    public static void MapCourts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/courts", CourtsEndpoints.Get).RequireAuthorization(Access.Staff);
}
