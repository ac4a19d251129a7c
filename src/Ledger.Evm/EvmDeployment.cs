using System.Numerics;
using Cinnabar.Ledger.Anchors;
using Cinnabar.Ledger.Evm.Chain;
using Cinnabar.Ledger.Evm.Rpc;
using Cinnabar.Ledger.Evm.Signing;

namespace Cinnabar.Ledger.Evm;

/// <summary>Where a contract was made: what <see cref="EvmAnchorOptions"/> take.</summary>
/// <param name="Contract">Its address.</param>
/// <param name="FirstBlock">A block before the first event and near it.</param>
public sealed record EvmDeployment(EvmAddress Contract, long FirstBlock)
{
    /// <summary>238,000 are needed.</summary>
    private const ulong CreationGas = 700_000;

    /// <summary>23,500 are needed: a slot of storage and two words of data.</summary>
    private const ulong RegistrationGas = 30_000;

    /// <summary>Makes the contract with its list, for ever. The key may be thrown away afterwards: it has no power over it.</summary>
    /// <param name="registrations">Every log of every court, names of successor logs in reserve; each log once, at most 500.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a log is listed twice.</exception>
    /// <exception cref="AnchorEngineException">See <see cref="AnchorFailure"/>. After <see cref="AnchorFailure.Unreachable"/> a contract may stand unused.</exception>
    public static async Task<EvmDeployment> MakeAsync(
        EvmNetworkOptions options, EvmKey key, IReadOnlyList<CourtRegistration> registrations, HttpClient http, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(registrations);
        options.Validate();
        if (registrations.Count is 0 or > 500 || registrations.DistinctBy(registration => registration.Log).Count() != registrations.Count)
        {
            throw new ArgumentException("A contract lists 1 to 500 logs, each of them once.", nameof(registrations));
        }

        var nodes = new NodeSet(options, http, time);
        var chain = await nodes.AgreeAsync(results => results[0].GetString(), cancellationToken, RpcRequest.Of("eth_chainId")).ConfigureAwait(false);
        if (Hex.ReadLong(chain) != options.ChainId)
        {
            throw new AnchorEngineException(AnchorFailure.Refused, $"The nodes serve chain {Hex.ReadLong(chain)}, not {options.ChainId}.");
        }

        // The block before the contract's own is early enough to look for its events from, and is known without a receipt.
        var heads = await nodes.AskAsync(results => results[0].GetString(), cancellationToken, RpcRequest.Of("eth_blockNumber")).ConfigureAwait(false);
        var first = (long)nodes.Reached(heads.Select(head => new BigInteger(Hex.ReadLong(head.Value))));
        var sender = new Sender(nodes, options, key, time);
        var address = AddressOf(key.Address, await sender.NonceAsync(cancellationToken).ConfigureAwait(false));
        var gas = CreationGas + (RegistrationGas * (ulong)registrations.Count);
        var refusal = await sender.SendAsync(null, AnchorsContract.Creation(registrations), gas, attempt: 0, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            throw new AnchorEngineException(AnchorFailure.Unreachable, $"The contract was not made: {refusal}");
        }

        var codes = await nodes.AskAsync(results => results[0].GetString(), cancellationToken, RpcRequest.Of("eth_getCode", address.ToString(), "latest")).ConfigureAwait(false);
        return codes.Count(code => code.Value == Hex.Data(AnchorsContract.RuntimeCode)) > options.Liars
            ? new EvmDeployment(address, first)
            : throw new AnchorEngineException(AnchorFailure.Refused, $"No contract was left at {address}: the chain is older than the \"paris\" instructions, or the key is used elsewhere.");
    }

    // Yellow Paper, 7: where a transaction without recipient leaves its contract.
    private static EvmAddress AddressOf(EvmAddress maker, BigInteger nonce) =>
        new(Keccak256.Hash(Rlp.List(Rlp.Bytes(maker.ToArray()), Rlp.Number(nonce))).AsSpan(Keccak256.LengthBytes - EvmAddress.LengthBytes));
}
