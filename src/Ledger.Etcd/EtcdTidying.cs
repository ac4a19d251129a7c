using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Etcd;

/// <summary>Says how far this court has seen, and removes this court's records that every court has. Safe for concurrent callers.</summary>
internal sealed class EtcdTidying(EtcdAnchorOptions options, EtcdKeys keys, EtcdClient client, TimeProvider time)
{
    private long _acknowledged;
    private long _told;

    /// <summary>The caller of the follower has made everything up to here durable.</summary>
    public void Acknowledge(long position)
    {
        if (position > Volatile.Read(ref _acknowledged))
        {
            Volatile.Write(ref _acknowledged, position);
        }
    }

    /// <summary>Until cancelled. What fails is tried again: nothing depends on it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(options.TidyEvery, time, cancellationToken).ConfigureAwait(false);
            try
            {
                await OnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is AnchorEngineException or JsonException)
            {
                // The follower and the link say what is wrong with the engine.
            }
        }
    }

    public async Task OnceAsync(CancellationToken cancellationToken)
    {
        var acknowledged = Volatile.Read(ref _acknowledged);
        if (acknowledged > _told)
        {
            var text = acknowledged.ToString(CultureInfo.InvariantCulture);
            await client.AskAsync(
                "kv/put", new JsonObject { ["key"] = EtcdKeys.Base64(keys.OwnSeen), ["value"] = EtcdKeys.Base64(text) }, cancellationToken).ConfigureAwait(false);
            _told = acknowledged;
        }

        var floor = FloorOf(await ReadSeenAsync(cancellationToken).ConfigureAwait(false));
        var answer = await client.AskAsync("kv/range", Below(keys.Own, floor), cancellationToken).ConfigureAwait(false);
        var own = EtcdJson.Items(answer, "kvs").Select(kv => Encoding.UTF8.GetString(EtcdJson.Bytes(kv, "key"))).ToList();
        foreach (var log in own.GroupBy(key => key[..key.LastIndexOf('/')]))
        {
            // The newest of a log stays: it is what an append that comes late is compared with.
            foreach (var key in log.Order(StringComparer.Ordinal).SkipLast(1))
            {
                await client.AskAsync("kv/deleterange", new JsonObject { ["key"] = EtcdKeys.Base64(key) }, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Key and position of each court's <c>seen</c>.</summary>
    public async Task<Dictionary<string, long>> ReadSeenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var request = new JsonObject { ["key"] = EtcdKeys.Base64(keys.Seen), ["range_end"] = EtcdKeys.Base64(EtcdKeys.EndOf(keys.Seen)) };
            var answer = await client.AskAsync("kv/range", request, cancellationToken).ConfigureAwait(false);
            return EtcdJson.Items(answer, "kvs").ToDictionary(kv => Encoding.UTF8.GetString(EtcdJson.Bytes(kv, "key")), Position);
        }
        catch (JsonException exception)
        {
            throw EtcdClient.Unreachable("an answer that is not etcd's: " + exception.Message, exception);
        }
    }

    /// <summary>Up to where every court has seen everything.</summary>
    public long FloorOf(Dictionary<string, long> seen) => options.Courts.Min(court => seen.GetValueOrDefault(keys.Seen + court));

    public static long Position(JsonElement kv) =>
        long.TryParse(Encoding.UTF8.GetString(EtcdJson.Bytes(kv, "value")), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0;

    private static JsonObject Below(string prefix, long floor) => new()
    {
        ["key"] = EtcdKeys.Base64(prefix), ["range_end"] = EtcdKeys.Base64(EtcdKeys.EndOf(prefix)), ["keys_only"] = true, ["limit"] = "1000",
        // 0 would mean "no bound".
        ["max_mod_revision"] = Math.Max(floor, 1).ToString(CultureInfo.InvariantCulture),
    };
}
