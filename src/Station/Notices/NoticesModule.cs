using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Notices;

/// <summary>The ways out of the house: each is on when its section of the configuration names an address.</summary>
internal static class NoticesModule
{
    public static void AddNotices(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<KannelSmsOptions>().BindConfiguration("Notices:Sms").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SmtpOptions>().BindConfiguration("Notices:Email").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WebhookOptions>().BindConfiguration("Notices:Webhook").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IEnumerable<NoticeChannel>>(Channels);
    }

    /// <summary>Where the SMS gateway brings its reports; what becomes of them is the caller's business.</summary>
    public static void MapNotices(this IEndpointRouteBuilder routes) =>
        routes.MapGet(SmsReportEndpoint.Path + "/{token}", SmsReportEndpoint.ReceiveAsync).AllowAnonymous();

    private static List<NoticeChannel> Channels(IServiceProvider services)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var sms = services.GetRequiredService<IOptions<KannelSmsOptions>>().Value;
        var email = services.GetRequiredService<IOptions<SmtpOptions>>().Value;
        var webhook = services.GetRequiredService<IOptions<WebhookOptions>>().Value;
        var channels = new List<NoticeChannel>();
        if (sms.SendSmsUrl is not null)
        {
            channels.Add(new NoticeChannel(new KannelSmsChannel(sms, services.GetRequiredService<SmsReportTokens>(), time), sms.Parallelism));
        }

        if (email.Host.Length > 0)
        {
            channels.Add(new NoticeChannel(new SmtpChannel(email, time), email.Parallelism));
        }

        if (webhook.Url is not null)
        {
            channels.Add(new NoticeChannel(new WebhookChannel(webhook, time), webhook.Parallelism));
        }

        return channels;
    }
}
