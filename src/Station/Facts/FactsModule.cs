using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Verification;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Rules;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Storage;
using Cinnabar.Station.Keys;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Facts;

/// <summary>What every module stands on: keys, database, court log, the two feeds and the one write path.</summary>
internal static class FactsModule
{
    /// <summary>Name of the log's file within the data folder.</summary>
    public const string LogFile = "log.db";

    /// <summary>The log's name on the board of health.</summary>
    public const string LogPart = "log";

    public static void AddFacts(this WebApplicationBuilder builder, CourtIdentity court)
    {
        var services = builder.Services;
        services.AddOptions<StationOptions>().BindConfiguration("Station").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddDataProtection().PersistKeysToFileSystem(
            new DirectoryInfo(Path.Combine(builder.Configuration["Station:DataDirectory"]!, "keys", "cookies")));
        services.AddSingleton(court);
        services.AddSingleton<HealthBoard>();
        services.AddSingleton(s => StationKeys.Open(DataDirectory(s)));
        services.AddSingleton(s => new CertificateAuthority(StationKeys.Folder(DataDirectory(s)), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new StationDatabase(Path.Combine(DataDirectory(s), "station.db"), s.GetRequiredService<HealthBoard>()));
        services.AddSingleton(s => GenesisFile.Read(DataDirectory(s)));

        // Its own service, so that it is closed after the log and its lock is given back.
        services.AddSingleton<ILogStore>(s => SqliteLogStore.Open(Path.Combine(DataDirectory(s), LogFile)));
        services.AddSingleton(s => new EntryRules(GovernanceOf(court, DataDirectory(s))));
        services.AddSingleton(OpenLog);
        services.AddSingleton<ReceivedFeed>();
        services.AddSingleton(s => KeysFollower.Load(
            s.GetRequiredService<CourtLog>(), s.GetRequiredService<StationDatabase>(), s.GetRequiredService<GenesisFact>()));
        services.AddSingleton<FactIntake>();
        services.AddSingleton<FactWriter>();
        services.AddSingleton<UnsequencedFacts>();
        services.AddHostedService(s => s.GetRequiredService<UnsequencedFacts>());
        services.AddHostedService<KeysFollower>();
    }

    private static string DataDirectory(IServiceProvider services) => services.GetRequiredService<IOptions<StationOptions>>().Value.DataDirectory;

    private static CourtLog OpenLog(IServiceProvider services)
    {
        var keys = services.GetRequiredService<StationKeys>();
        var court = services.GetRequiredService<CourtIdentity>();
        var genesis = services.GetRequiredService<GenesisFact>();
        var identity = new CourtLogIdentity(
            new CheckpointSigner(court.Origin, keys.Log), genesis.Statement.Bytes, new ReceiptIssuer(court.Origin, keys.Log))
        {
            Rules = services.GetRequiredService<EntryRules>(),
            Headers = HeadersOf(services, genesis),
        };

        // Beyond the rules of every court's log this court has no policy; signatures were checked by the gateway for seals, by our own
        // signing for the rest.
        var log = CourtLog.Open(
            services.GetRequiredService<ILogStore>(), identity, static _ => null, new CourtLogOptions(), services.GetRequiredService<TimeProvider>());
        var health = services.GetRequiredService<HealthBoard>();

        // Asked, not told: whoever got "stopped" for an answer must not read "good" here a moment later.
        health.Watch(LogPart, () => log.Health is { IsWriting: false, Reason: not LogStopReason.Closed } stopped
            ? (HealthLevel.Failed, $"{stopped.Reason}: {stopped.Sentence}")
            : (HealthLevel.Good, ""));
        _ = AnnounceStopAsync(log, health);
        return log;
    }

    /// <summary>Null for a court that has been in no epoch; one that has left goes on under those it was in.</summary>
    private static GovernanceLog? GovernanceOf(CourtIdentity court, string dataDirectory) =>
        GovernanceFile.Read(dataDirectory) is { } governance && governance.Epochs.Any(e => e.Find(court.Origin) is not null) ? governance : null;

    /// <summary>Null where this court is not in the epoch in force.</summary>
    private static BatchHeaders? HeadersOf(IServiceProvider services, GenesisFact genesis) =>
        services.GetRequiredService<EntryRules>().Governance?.Current is not { } epoch || epoch.Find(genesis.Statement.Subject) is null ? null
        : CourtGenesis.TryRead(genesis.Statement, out var court, out var detail)
            ? new BatchHeaders(
                court, services.GetRequiredService<StationKeys>().Station, epoch,
                services.GetRequiredService<FinalHeads>(), services.GetRequiredService<TimeProvider>())
            : throw new InvalidDataException($"The genesis file is refused: {detail}");

    private static async Task AnnounceStopAsync(CourtLog log, HealthBoard health)
    {
        var (reason, sentence) = await log.Stopped;
        if (reason != LogStopReason.Closed)
        {
            health.Announce(LogPart, HealthLevel.Failed, $"{reason}: {sentence}");
        }
    }
}
