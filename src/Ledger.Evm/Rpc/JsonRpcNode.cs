using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Evm.Rpc;

/// <summary>One node: JSON-RPC 2.0 over HTTP, several calls in one request, all of it bounded.</summary>
internal sealed class JsonRpcNode(Uri endpoint, HttpClient http, EvmNetworkOptions options, TimeProvider time)
{
    /// <summary>Calls in one request; nodes' own limits are 100 (Geth 1,000, Besu 1,024) and more.</summary>
    public const int BatchMax = 16;

    private const int MessageMaxChars = 200;

    /// <summary>For people: host and port, without what an address may hold of secrets.</summary>
    public string Name { get; } = endpoint.Authority;

    /// <summary>The results, in the order of the calls.</summary>
    /// <exception cref="NodeException">No answer, not in time, too long, not JSON-RPC, or an error to one of the calls.</exception>
    public async Task<JsonElement[]> CallAsync(RpcRequest[] requests, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requests.Length, BatchMax);
        using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var answer = await ExchangeAsync(Body(requests), either.Token).ConfigureAwait(false);
            using var document = JsonDocument.Parse(answer);
            return Results(document.RootElement, requests);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NodeException(AnchorFailure.Unreachable, $"{Name} did not answer {requests[0].Method} within {options.RequestTimeout.TotalSeconds} s.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new NodeException(AnchorFailure.Unreachable, $"{Name}, {requests[0].Method}: {exception.Message}", exception);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ExchangeAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            var failure = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? AnchorFailure.Refused : AnchorFailure.Unreachable;
            throw new NodeException(failure, $"{Name} answered with status {(int)response.StatusCode}.");
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > options.AnswerMaxBytes)
            {
                throw new NodeException(AnchorFailure.Unreachable, $"{Name} sent more than {options.AnswerMaxBytes} bytes.");
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    // One call goes alone: some gateways take no batches.
    private static byte[] Body(RpcRequest[] requests)
    {
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
        {
            if (requests.Length > 1)
            {
                writer.WriteStartArray();
            }

            for (var id = 0; id < requests.Length; id++)
            {
                writer.WriteStartObject();
                writer.WriteString("jsonrpc", "2.0");
                writer.WriteNumber("id", id);
                writer.WriteString("method", requests[id].Method);
                writer.WritePropertyName("params");
                writer.WriteRawValue(requests[id].Parameters);
                writer.WriteEndObject();
            }

            if (requests.Length > 1)
            {
                writer.WriteEndArray();
            }
        }

        return body.ToArray();
    }

    private JsonElement[] Results(JsonElement answer, RpcRequest[] requests)
    {
        if (answer.ValueKind != JsonValueKind.Array)
        {
            // A node answers with one object to one call, or to a batch that it refuses as a whole.
            return requests.Length == 1 || answer.TryGetProperty("error", out _)
                ? [Result(answer, requests[0])]
                : throw new FormatException("one answer to a batch");
        }

        if (answer.GetArrayLength() != requests.Length)
        {
            throw new FormatException("another number of answers than of calls");
        }

        // Answers of a batch come in any order.
        var results = new JsonElement?[requests.Length];
        foreach (var item in answer.EnumerateArray())
        {
            var id = item.GetProperty("id").GetInt32();
            if (id < 0 || id >= results.Length || results[id] is not null)
            {
                throw new FormatException("an answer to no call, or a second one");
            }

            results[id] = Result(item, requests[id]);
        }

        return [.. results.Select(result => result!.Value)];
    }

    private JsonElement Result(JsonElement item, RpcRequest request)
    {
        if (item.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            var message = error.TryGetProperty("message", out var text) ? text.ToString() : error.GetRawText();
            message = message.Length > MessageMaxChars ? message[..MessageMaxChars] : message;
            throw new NodeException(AnchorFailure.Unreachable, $"{Name}, {request.Method}: {message}");
        }

        return item.GetProperty("result").Clone();
    }
}
