using Cinnabar.Station.Contract;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Gateway;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Media;

/// <summary>Pictures, recordings and live video: kept, checked against what the seal signed, and shown to who may see them.</summary>
internal static class MediaModule
{
    public static void AddMedia(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MediaOptions>().BindConfiguration("Media").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(s => new ContentStore(DataDirectory(s)));
        services.AddSingleton(s => new RecordingsStore(s.GetRequiredService<StationDatabase>(), DataDirectory(s)));
        services.AddSingleton<PicturesStore>();
        services.AddSingleton<LiveHub>();
        services.AddSingleton<LiveRelay>();
        services.AddSingleton<MediaIntake>();
        services.AddHostedService<MediaFollower>();
    }

    public static void MapMedia(this IEndpointRouteBuilder routes)
    {
        routes.Map("/uplink/media", MediaEndpoints.LaneAsync).WithMetadata(new UplinkOnly()).ExcludeFromDescription();
        var api = routes.MapGroup("/api").RequireAuthorization(Access.Pictures);
        api.MapGet("/media/{hash}", MediaEndpoints.Picture).Sends("image/jpeg", "image/png", "image/webp");
        api.MapGet("/recordings/{stream}/video.mp4", MediaEndpoints.Recording).Sends("video/mp4")
            .Produces<Stream>(StatusCodes.Status206PartialContent, "video/mp4").Refuses(StatusCodes.Status416RangeNotSatisfiable);
        api.MapGet("/live/{sealNumber}", MediaEndpoints.LiveAsync).Produces<ViewerMessage>(StatusCodes.Status101SwitchingProtocols, "application/json")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
    }

    private static string DataDirectory(IServiceProvider services) => services.GetRequiredService<IOptions<StationOptions>>().Value.DataDirectory;
}
