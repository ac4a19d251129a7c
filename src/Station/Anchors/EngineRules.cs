using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Anchors;

/// <summary>Refuses a start whose chosen engine has not been told enough; the other engines' sections are not looked at.</summary>
internal sealed class EngineRules(IOptions<EtcdEngineOptions> etcd, IOptions<EvmEngineOptions> evm) : IValidateOptions<AnchorsOptions>
{
    public ValidateOptionsResult Validate(string? name, AnchorsOptions options)
    {
        var faults = options.Engine switch
        {
            AnchorEngineKind.Etcd => Faults(etcd.Value),
            AnchorEngineKind.Evm => Faults(evm.Value),
            _ => [],
        };
        var told = faults.ToArray();
        return told.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(told);
    }

    private static IEnumerable<string> Faults(EtcdEngineOptions options)
    {
        if (options.Endpoints.Count == 0) yield return "Anchors:Etcd:Endpoints must name the members.";
        if (!options.Courts.Contains(options.Court)) yield return "Anchors:Etcd:Courts must name every court, and Anchors:Etcd:Court one of them.";
        foreach (var fault in Missing("Anchors:Etcd", (nameof(options.PasswordFile), options.PasswordFile), (nameof(options.AuthorityFile), options.AuthorityFile),
            (nameof(options.CertificateFile), options.CertificateFile), (nameof(options.KeyFile), options.KeyFile))) yield return fault;
    }

    private static IEnumerable<string> Faults(EvmEngineOptions options)
    {
        if (options.Endpoints.Count == 0) yield return "Anchors:Evm:Endpoints must name the nodes.";
        if (options.ChainId == 0) yield return "Anchors:Evm:ChainId must be the chain's.";
        if (options.KeyFile.Length == 0) yield return "Anchors:Evm:KeyFile must name the account's key.";
        if (!Ledger.Evm.EvmAddress.TryParse(options.Contract, out _)) yield return "Anchors:Evm:Contract must be an address.";
        foreach (var fault in Missing("Anchors:Evm", (nameof(options.KeyFile), options.KeyFile), (nameof(options.AuthorityFile), options.AuthorityFile),
            (nameof(options.CertificateFile), options.CertificateFile), (nameof(options.CertificateKeyFile), options.CertificateKeyFile))) yield return fault;
    }

    private static IEnumerable<string> Missing(string section, params IEnumerable<(string Name, string Path)> files) =>
        files.Where(f => f.Path.Length > 0 && !File.Exists(f.Path)).Select(f => $"{section}:{f.Name} does not exist.");
}
