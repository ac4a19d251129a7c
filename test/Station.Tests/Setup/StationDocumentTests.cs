using System.Globalization;
using Cinnabar.Shared;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Anchors;
using Cinnabar.Station.Console;
using Cinnabar.Station.Courts;
using Cinnabar.Station.Gateway;
using Cinnabar.Station.Media;
using Cinnabar.Station.Notices;
using Cinnabar.Station.Orders;
using Cinnabar.Station.Packs;
using Cinnabar.Uplink;

namespace Cinnabar.Station.Tests.Setup;

/// <summary>The operator's page names every option with the default that the program has.</summary>
public sealed class StationDocumentTests
{
    private static readonly (string Section, object Defaults)[] s_options =
    [
        ("Station", new StationOptions()), ("Courts", new CourtsOptions()), ("Gateway", new GatewayOptions()), ("Gateway:Limits", new UplinkLimits()), ("Media", new MediaOptions()),
        ("Packs", new PacksOptions()), ("Orders", new OrdersOptions()), ("Alarms", new AlarmsOptions()), ("Notices:Sms", new KannelSmsOptions()),
        ("Notices:Email", new SmtpOptions()), ("Notices:Webhook", new WebhookOptions()), ("Console", new ConsoleOptions()),
        ("Anchors", new AnchorsOptions()), ("Anchors:Sqlite", new SqliteEngineOptions()), ("Anchors:Etcd", new EtcdEngineOptions()),
        ("Anchors:Evm", new EvmEngineOptions()), ("Timestamps", new TimestampsOptions()),
    ];

    [Fact]
    public void EveryOption_StandsThere_WithItsDefault()
    {
        var page = File.ReadAllText(Repository.Path("docs", "operate", "station.md"));

        var missing = s_options.SelectMany(o => o.Defaults.GetType().GetProperties()
            .Where(p => p.PropertyType != typeof(UplinkLimits))
            .Select(p => $"| `{o.Section}:{p.Name}` | {Text(p.GetValue(o.Defaults))} |"))
            .Where(row => !page.Contains(row, StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    private static string Text(object? value) => value switch
    {
        null or "" or System.Collections.ICollection { Count: 0 } => "none",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
