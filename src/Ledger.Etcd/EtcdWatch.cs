using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Etcd;

/// <summary>One watch on everything below the prefix, from a revision on: a stream of JSON lines.</summary>
internal static class EtcdWatch
{
    private const int LineBytesMax = 16 * 1024 * 1024;

    /// <summary>The results of the stream until it breaks off, which is an ordinary end: the caller watches again.</summary>
    /// <exception cref="AnchorEngineException">No member lets us watch.</exception>
    public static async IAsyncEnumerable<JsonElement> ReadAsync(
        EtcdClient client, EtcdKeys keys, long fromRevision, Func<CancellationTokenSource> silence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["create_request"] = new JsonObject
            {
                ["key"] = EtcdKeys.Base64(keys.All),
                ["range_end"] = EtcdKeys.Base64(EtcdKeys.EndOf(keys.All)),
                ["start_revision"] = fromRevision.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["prev_kv"] = true,
            },
        };
        using var response = await client.OpenAsync("watch", request, cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var pipe = PipeReader.Create(stream);
        try
        {
            while (await LineAsync(pipe, client, silence, cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (EtcdJson.Child(line, "result") is not { } result)
                {
                    // An expired token or a member that stops ends a stream with an error object.
                    yield break;
                }

                yield return result;
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static async Task<JsonElement?> LineAsync(PipeReader pipe, EtcdClient client, Func<CancellationTokenSource> silence, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = silence();
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            while (true)
            {
                var read = await pipe.ReadAsync(both.Token).ConfigureAwait(false);
                if (read.Buffer.PositionOf((byte)'\n') is { } end)
                {
                    using var document = JsonDocument.Parse(read.Buffer.Slice(0, end));
                    pipe.AdvanceTo(read.Buffer.GetPosition(1, end));
                    return document.RootElement.Clone();
                }

                if (read.IsCompleted || read.Buffer.Length > LineBytesMax)
                {
                    client.Turn();
                    return null;
                }

                pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (Exception exception) when (EtcdClient.IsTheWay(exception, cancellationToken))
        {
            client.Turn();
            return null;
        }
    }
}
