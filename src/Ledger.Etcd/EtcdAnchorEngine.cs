using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Etcd;

/// <summary>The anchor engine on an etcd cluster (3.4 or newer) between courts, through its JSON gateway.</summary>
/// <remarks>
/// Position: create revision of the record's key. Reference: key and revision. Everything is thread-safe; one court runs one follower.
/// The life of an anchor, the keys, and the rule of removal: README.md beside this file.
/// </remarks>
public sealed class EtcdAnchorEngine : IAnchorEngine
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly EtcdAnchorOptions _options;
    private readonly TimeProvider _time;
    private readonly EtcdKeys _keys;
    private readonly EtcdClient _client;
    private readonly EtcdTidying _tidying;
    private readonly HashSet<Digest> _ownLogs;

    /// <summary>Checks the options; calls nobody.</summary>
    /// <param name="http">Carries the cluster's CA and this court's client certificate. It stays the caller's.</param>
    /// <param name="time">Measures the limits.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public EtcdAnchorEngine(EtcdAnchorOptions options, HttpClient http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        _options = options;
        _time = time;
        _keys = new EtcdKeys(options.Prefix, options.Court);
        _client = new EtcdClient(options, http, time);
        _tidying = new EtcdTidying(options, _keys, _client, time);
        _ownLogs = [.. options.Origins.Select(Anchor.LogOf)];
    }

    /// <inheritdoc/>
    public string Name => "etcd";

    /// <summary>This court's name in keys.</summary>
    public string Court => _options.Court;

    /// <inheritdoc/>
    public async Task AppendAsync(Anchor anchor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        var key = EtcdKeys.Base64(_keys.Of(anchor));
        var record = anchor.Encode();
        // No key of this log from this size on may exist: compared by etcd in the step that writes.
        var request = new JsonObject
        {
            ["compare"] = new JsonArray(new JsonObject
            {
                ["key"] = key, ["range_end"] = EtcdKeys.Base64(EtcdKeys.EndOf(_keys.LogOf(anchor.Log))),
                ["target"] = "CREATE", ["result"] = "EQUAL", ["create_revision"] = "0",
            }),
            ["success"] = new JsonArray(new JsonObject { ["request_put"] = new JsonObject { ["key"] = key, ["value"] = Convert.ToBase64String(record) } }),
            ["failure"] = new JsonArray(new JsonObject { ["request_range"] = new JsonObject { ["key"] = key } }),
        };
        var answer = await GuardedAsync(() => _client.AskAsync("kv/txn", request, cancellationToken)).ConfigureAwait(false);
        if (EtcdJson.Flag(answer, "succeeded"))
        {
            return;
        }

        var stored = EtcdJson.Items(answer, "responses").SelectMany(one => EtcdJson.Items(one.GetProperty("response_range"), "kvs")).Select(kv => EtcdJson.Bytes(kv, "value"));
        if (!stored.Any(value => value.AsSpan().SequenceEqual(record)))
        {
            throw new AnchorEngineException(AnchorFailure.Stale, $"The log's last anchor is not below {anchor.Size}.");
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AnchorPlace> FollowAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var genesis = await GenesisAsync(cancellationToken).ConfigureAwait(false);
        var revision = Math.Max(from, genesis.Revision);
        var seen = await _tidying.ReadSeenAsync(cancellationToken).ConfigureAwait(false);
        _tidying.Acknowledge(from);
        var tidying = _tidying.RunAsync(end.Token);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var forgotten = false;
                await foreach (var result in EtcdWatch.ReadAsync(_client, _keys, revision + 1, () => new CancellationTokenSource(_options.SilenceLimit, _time), cancellationToken).ConfigureAwait(false))
                {
                    if (EtcdJson.Flag(result, "canceled"))
                    {
                        forgotten = IsForgotten(result, revision);
                        break;
                    }

                    foreach (var one in EtcdJson.Items(result, "events"))
                    {
                        if (JudgeGuarded(one, seen) is { } place)
                        {
                            yield return place;
                            _tidying.Acknowledge(place.Position);
                        }

                        revision = Math.Max(revision, EtcdJson.Number(one.GetProperty("kv"), "mod_revision"));
                    }
                }

                if (forgotten)
                {
                    // The history up to here is compacted: what is left of it is read as it stands.
                    var (places, now) = await RangeAsync(revision, cancellationToken).ConfigureAwait(false);
                    foreach (var place in places)
                    {
                        yield return place;
                        _tidying.Acknowledge(place.Position);
                    }

                    revision = now;
                }
                else
                {
                    // The stream broke off: its member died, the token ran out, or it was silent for long.
                    await Task.Delay(s_pause, _time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await tidying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public async Task<EngineIdentity> IdentityAsync(CancellationToken cancellationToken)
    {
        var genesis = await GenesisAsync(cancellationToken).ConfigureAwait(false);
        return new EngineIdentity($"etcd:{genesis.Cluster}:{genesis.Revision}:{genesis.Value}", genesis.Now);
    }

    /// <summary>Nothing to close: the connections are the caller's.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Says once what this court has seen and removes what all have. The follower does it by itself.</summary>
    internal Task TidyAsync(CancellationToken cancellationToken) => _tidying.OnceAsync(cancellationToken);

    private async Task<(string Cluster, long Revision, string Value, long Now)> GenesisAsync(CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["key"] = EtcdKeys.Base64(_keys.Genesis) };
        var answer = await GuardedAsync(() => _client.AskAsync("kv/range", request, cancellationToken)).ConfigureAwait(false);
        return await GuardedAsync(() =>
        {
            var header = EtcdJson.Child(answer, "header") ?? throw new JsonException("The answer has no header.");
            var kv = EtcdJson.Items(answer, "kvs").FirstOrDefault();
            if (kv.ValueKind != JsonValueKind.Object)
            {
                throw new AnchorEngineException(AnchorFailure.Refused, $"etcd has no key {_keys.Genesis}: it was never set up for courts, or was wiped.");
            }

            if (EtcdJson.Number(kv, "version") != 1)
            {
                throw Lie("the genesis key was written over", kv);
            }

            var value = Convert.ToHexStringLower(EtcdJson.Bytes(kv, "value"));
            return Task.FromResult((
                EtcdJson.Text(header, "cluster_id"), EtcdJson.Number(kv, "mod_revision"), value.Length <= 128 ? value : value[..128], EtcdJson.Number(header, "revision")));
        }).ConfigureAwait(false);
    }

    /// <summary>Whether a watch was refused because its history is compacted.</summary>
    /// <exception cref="AnchorEngineException">It was refused for another reason.</exception>
    private static bool IsForgotten(JsonElement result, long revision)
    {
        if (EtcdJson.TextOr(result, "compact_revision", "0") is not "0" and var text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var compacted))
        {
            return compacted > revision;
        }

        var reason = EtcdJson.TextOr(result, "cancel_reason", "no reason given");
        throw new AnchorEngineException(AnchorFailure.Refused, "etcd does not let this court watch: " + (reason.Length <= 300 ? reason : reason[..300]));
    }

    private AnchorPlace? JudgeGuarded(JsonElement one, Dictionary<string, long> seen)
    {
        try
        {
            return Judge(one, seen);
        }
        catch (Exception exception) when (IsNotEtcds(exception))
        {
            throw NotEtcds(exception);
        }
    }

    /// <summary>The place that an event shows, or null for one of no interest.</summary>
    /// <exception cref="AnchorEngineException">Something was written over or taken away.</exception>
    private AnchorPlace? Judge(JsonElement one, Dictionary<string, long> seen)
    {
        var kv = one.GetProperty("kv");
        var key = Encoding.UTF8.GetString(EtcdJson.Bytes(kv, "key"));
        var removed = EtcdJson.TextOr(one, "type", "PUT") == "DELETE";
        if (key == _keys.Genesis)
        {
            throw Lie("the genesis key was changed", one);
        }

        if (key.StartsWith(_keys.Seen, StringComparison.Ordinal))
        {
            seen[key] = removed ? 0 : EtcdTidying.Position(kv);
            return null;
        }

        if (!key.StartsWith(_keys.Anchors, StringComparison.Ordinal))
        {
            return null;
        }

        if (!removed)
        {
            return Place(kv, key);
        }

        // No previous value: compacted, so created before what this follower began with, which it had seen.
        var created = EtcdJson.Child(one, "prev_kv") is { } before ? EtcdJson.Number(before, "create_revision") : 0;
        return created <= _tidying.FloorOf(seen) ? null : throw Lie($"{key} was removed before every court had seen it", one);
    }

    private AnchorPlace Place(JsonElement kv, string key)
    {
        if (EtcdJson.Number(kv, "version") != 1)
        {
            throw Lie($"{key} was written over", kv);
        }

        var record = EtcdJson.Bytes(kv, "value");
        var revision = EtcdJson.Number(kv, "create_revision");
        // A court that writes under its own name for our log is a liar, not the engine: shown as no anchor.
        var foreign = Anchor.TryDecode(record, out var anchor) && _ownLogs.Contains(anchor.Log) && !key.StartsWith(_keys.Own, StringComparison.Ordinal);
        return new AnchorPlace(revision, foreign ? [.. record, 0] : record, string.Create(CultureInfo.InvariantCulture, $"{key}@{revision}"));
    }

    private async Task<(List<AnchorPlace> Places, long Revision)> RangeAsync(long after, CancellationToken cancellationToken)
    {
        var places = new List<AnchorPlace>();
        long pinned = 0;
        while (true)
        {
            var request = new JsonObject
            {
                ["key"] = EtcdKeys.Base64(_keys.Anchors), ["range_end"] = EtcdKeys.Base64(EtcdKeys.EndOf(_keys.Anchors)),
                ["min_mod_revision"] = Text(after + 1), ["revision"] = Text(pinned), ["limit"] = "1000",
                ["sort_target"] = "MOD", ["sort_order"] = "ASCEND",
            };
            var answer = await GuardedAsync(async () =>
            {
                var page = await _client.AskAsync("kv/range", request, cancellationToken).ConfigureAwait(false);
                places.AddRange(EtcdJson.Items(page, "kvs").Select(kv => Place(kv, Encoding.UTF8.GetString(EtcdJson.Bytes(kv, "key")))));
                return (More: EtcdJson.Flag(page, "more"), Now: EtcdJson.Number(page.GetProperty("header"), "revision"));
            }).ConfigureAwait(false);
            pinned = pinned != 0 ? pinned : answer.Now;
            after = places.Count == 0 ? after : Math.Max(after, places[^1].Position);
            if (!answer.More)
            {
                return (places, pinned);
            }
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static AnchorEngineException Lie(string what, JsonElement evidence)
    {
        var bytes = Encoding.UTF8.GetBytes(evidence.GetRawText());
        return new AnchorEngineException(AnchorFailure.Lied, "etcd: " + what) { Evidence = bytes.AsMemory(0, Math.Min(bytes.Length, 4096)) };
    }

    /// <summary>An answer of another shape is not etcd's: a proxy's page, a program of somebody else.</summary>
    private static async Task<T> GuardedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsNotEtcds(exception))
        {
            throw NotEtcds(exception);
        }
    }

    private static bool IsNotEtcds(Exception exception) => exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException;

    private static AnchorEngineException NotEtcds(Exception exception) => EtcdClient.Unreachable("an answer that is not etcd's: " + exception.Message, exception);
}
