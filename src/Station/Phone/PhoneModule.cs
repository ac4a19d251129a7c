using Cinnabar.Station.Contract;

namespace Cinnabar.Station.Phone;

/// <summary>The small page behind the link in a warning.</summary>
internal static class PhoneModule
{
    public static void AddPhone(this WebApplicationBuilder builder) => builder.Services.AddSingleton<PhoneDesk>();

    public static void MapPhone(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/p/{token}", PhoneEndpoints.Page).ExcludeFromDescription();
        var api = routes.MapGroup("/api/phone/{token}");
        api.MapGet("", PhoneEndpoints.Read);
        api.MapPost("/acknowledge", PhoneEndpoints.AcknowledgeAsync);
        api.MapGet("/pictures/{hash}", PhoneEndpoints.Picture).Sends("image/jpeg", "image/png", "image/webp");
    }
}
