using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Etcd;
using Cinnabar.Ledger.Evm;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Station.Facts;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Anchors;

/// <summary>Opens the engine that the configuration names.</summary>
internal sealed class AnchorEngines(
    IOptions<AnchorsOptions> options, IOptions<SqliteEngineOptions> sqlite, IOptions<EtcdEngineOptions> etcd, IOptions<EvmEngineOptions> evm,
    IOptions<StationOptions> station, CourtIdentity court, TimeProvider time)
{
    /// <summary>Which one, or none.</summary>
    public AnchorEngineKind Kind => options.Value.Engine;

    /// <summary>How long it may take over one answer: a chain makes a block in its own time.</summary>
    public AnchorLinkOptions LinkOptions => Kind == AnchorEngineKind.Evm
        ? new AnchorLinkOptions { AnswerLimit = evm.Value.AppendTimeout + TimeSpan.FromSeconds(10) }
        : new AnchorLinkOptions();

    /// <summary>The engine and what it was opened with; the caller disposes of both.</summary>
    /// <exception cref="IOException">A file of secrets or certificates cannot be read.</exception>
    /// <exception cref="Ledger.Storage.LogStoreException">The engine's file cannot be opened.</exception>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="CryptographicException">A certificate or key is none.</exception>
    public (IAnchorEngine Engine, HttpClient? Http) Open()
    {
        switch (Kind)
        {
            case AnchorEngineKind.Sqlite:
                var file = sqlite.Value.File is { Length: > 0 } named ? named : Path.Combine(station.Value.DataDirectory, "anchor-engine.db");
                return (SqliteAnchorEngine.Open(file, time), null);
            case AnchorEngineKind.Etcd:
                var cluster = Connect(etcd.Value.AuthorityFile, etcd.Value.CertificateFile, etcd.Value.KeyFile);
                return (new EtcdAnchorEngine(etcd.Value.ForEngine(court.Origin), cluster, time), cluster);
            case AnchorEngineKind.Evm:
                var nodes = Connect(evm.Value.AuthorityFile, evm.Value.CertificateFile, evm.Value.CertificateKeyFile);
                return (new EvmAnchorEngine(evm.Value.ForEngine(), new EvmKey(File.ReadAllBytes(evm.Value.KeyFile)), nodes, time), nodes);
            default:
                throw new InvalidOperationException("No engine is configured.");
        }
    }

    private static HttpClient Connect(string authorityFile, string certificateFile, string keyFile)
    {
        // A member that moved to another address is found again within minutes.
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (authorityFile.Length > 0)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(authorityFile);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        if (certificateFile.Length > 0)
        {
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificateFile, keyFile.Length > 0 ? keyFile : null)];
        }

        // Engines have their own limits for each answer.
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
