using Cinnabar.Station.Contract;

namespace Cinnabar.Station.Public;

/// <summary>What everybody may read at the door, without an account and without a script.</summary>
internal static class PublicModule
{
    public static void AddPublic(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton<SealQr>();
    }

    public static void MapPublic(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/s/{sealNumber}", PublicEndpoints.Page).Sends("text/html").Refuses(StatusCodes.Status404NotFound);
        routes.MapGet("/s/{sealNumber}/ruling", PublicEndpoints.Ruling).Sends("application/pdf").Refuses(StatusCodes.Status404NotFound);
        routes.MapGet("/api/seals/{sealNumber}/sheet", PublicEndpoints.Sheet).RequireAuthorization(Access.Staff)
            .Sends("text/html").Refuses(StatusCodes.Status404NotFound);
    }
}
