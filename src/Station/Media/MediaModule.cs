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
        api.MapGet("/media/{hash}", MediaEndpoints.Picture);
        api.MapGet("/recordings/{stream}/video.mp4", MediaEndpoints.Recording);
        api.Map("/live/{sealNumber}", MediaEndpoints.LiveAsync).ExcludeFromDescription();
    }

    private static string DataDirectory(IServiceProvider services) => services.GetRequiredService<IOptions<StationOptions>>().Value.DataDirectory;
}
