using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Storage;
using Cinnabar.Station.Keys;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Facts;

/// <summary>What every module stands on: keys, database, court log, the two feeds and the one write path.</summary>
internal static class FactsModule
{
    public static void AddFacts(this WebApplicationBuilder builder, CourtIdentity court)
    {
        var services = builder.Services;
        services.AddOptions<StationOptions>().BindConfiguration("Station").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddDataProtection().PersistKeysToFileSystem(
            new DirectoryInfo(Path.Combine(builder.Configuration["Station:DataDirectory"]!, "keys", "cookies")));
        services.AddSingleton(court);
        services.AddSingleton(s => StationKeys.Open(DataDirectory(s)));
        services.AddSingleton(s => new CertificateAuthority(StationKeys.Folder(DataDirectory(s)), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new StationDatabase(Path.Combine(DataDirectory(s), "station.db")));
        services.AddSingleton(s => GenesisFile.Read(DataDirectory(s)));
        // Of the container, so that the store's lock is given back after the log has closed.
        services.AddSingleton<ILogStore>(s => SqliteLogStore.Open(Path.Combine(DataDirectory(s), "log.db")));
        services.AddSingleton(OpenLog);
        services.AddSingleton<ReceivedFeed>();
        services.AddSingleton(LoadKeys);
        services.AddSingleton<FactIntake>();
        services.AddSingleton<FactWriter>();
        services.AddSingleton<UnsequencedFacts>();
        services.AddHostedService(s => s.GetRequiredService<UnsequencedFacts>());
    }

    private static string DataDirectory(IServiceProvider services) => services.GetRequiredService<IOptions<StationOptions>>().Value.DataDirectory;

    private static CourtLog OpenLog(IServiceProvider services)
    {
        var keys = services.GetRequiredService<StationKeys>();
        var court = services.GetRequiredService<CourtIdentity>();
        var genesis = services.GetRequiredService<GenesisFact>();
        var identity = new CourtLogIdentity(
            new CheckpointSigner(court.Origin, keys.Log), genesis.Statement.Bytes, new ReceiptIssuer(court.Origin, keys.Log));

        // Every entry was verified before it reaches the log: by the gateway for seals, by our own signing for the rest.
        return CourtLog.Open(
            services.GetRequiredService<ILogStore>(), identity, static _ => null,
            new CourtLogOptions(), services.GetRequiredService<TimeProvider>());
    }

    /// <summary>Reads the court's statements about keys back from its log.</summary>
    private static KeyRegister LoadKeys(IServiceProvider services)
    {
        var register = new KeyRegister();
        var log = services.GetRequiredService<CourtLog>();
        register.Apply(services.GetRequiredService<GenesisFact>().Statement);
        for (long from = 0; from < log.Head.Size; from += 1024)
        {
            foreach (var entry in log.ReadEntries(from, 1024))
            {
                if (Statement.TryParse(entry.Bytes.Span, out var statement, out _) == StatementVerdict.Valid
                    && statement!.Issuer.StartsWith("court:", StringComparison.Ordinal))
                {
                    register.Apply(statement);
                }
            }
        }

        return register;
    }
}
