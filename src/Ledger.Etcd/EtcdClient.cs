using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Etcd;

/// <summary>Speaks to the JSON gateway of whichever member answers; signs in again when a token has run out. Safe for concurrent callers.</summary>
internal sealed class EtcdClient(EtcdAnchorOptions options, HttpClient http, TimeProvider time)
{
    private const int AnswerBytesMax = 16 * 1024 * 1024;

    // gRPC's numbers, https://grpc.io/docs/guides/status-codes/.
    private const int InvalidArgument = 3;
    private const int PermissionDenied = 7;
    private const int FailedPrecondition = 9;
    private const int Unauthenticated = 16;

    private string? _token;
    private int _endpoint;

    /// <summary>One request, one answer.</summary>
    public async Task<JsonElement> AskAsync(string path, JsonObject request, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(path, request, cancellationToken).ConfigureAwait(false);
        try
        {
            return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsTheWay(exception, cancellationToken))
        {
            throw Unreachable("broke off its answer", exception);
        }
    }

    /// <summary>A request whose answer may go on and on. Every member is tried once.</summary>
    /// <exception cref="AnchorEngineException">None answered, or one said no.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, JsonObject request, CancellationToken cancellationToken)
    {
        Exception? last = null;
        for (var attempt = 0; attempt < options.Endpoints.Count; attempt++)
        {
            var number = Volatile.Read(ref _endpoint);
            try
            {
                return await OpenAtAsync(options.Endpoints[number % options.Endpoints.Count], path, request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsTheWay(exception, cancellationToken) || exception is AnchorEngineException { Failure: AnchorFailure.Unreachable })
            {
                last = exception;
                // A token names a raft index, and a cluster that was wiped lets its bearer wait until it comes that far.
                _token = null;
                Turn(number);
            }
        }

        throw Unreachable("no member answers: " + last?.Message, last);
    }

    /// <summary>The next member is asked from now on.</summary>
    public void Turn() => Turn(Volatile.Read(ref _endpoint));

    /// <summary>Everything that happens to connections, and to answers cut off in the middle.</summary>
    public static bool IsTheWay(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or JsonException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    public static AnchorEngineException Unreachable(string what, Exception? inner) => new(AnchorFailure.Unreachable, "etcd: " + what, inner);

    private void Turn(int from) => Interlocked.CompareExchange(ref _endpoint, (from + 1) % options.Endpoints.Count, from);

    private async Task<HttpResponseMessage> OpenAtAsync(Uri endpoint, string path, JsonObject request, CancellationToken cancellationToken)
    {
        for (var signedInAgain = false; ; signedInAgain = true)
        {
            var token = options.User.Length == 0 ? null : _token ??= await SignInAsync(endpoint, cancellationToken).ConfigureAwait(false);
            var response = await SendAsync(endpoint, path, request, token, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                var (code, message) = await RefusalAsync(response, cancellationToken).ConfigureAwait(false);
                // Members keep tokens in memory, and drop them after minutes or when rights change.
                var stale = code == Unauthenticated || message.Contains("auth store is old", StringComparison.Ordinal) || message.Contains("user name is empty", StringComparison.Ordinal);
                if (!stale || signedInAgain || token is null)
                {
                    throw Refusal(code, message);
                }

                _token = null;
            }
        }
    }

    private async Task<string> SignInAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var who = new JsonObject { ["name"] = options.User, ["password"] = options.Password };
        using var response = await SendAsync(endpoint, "auth/authenticate", who, null, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            var (code, message) = await RefusalAsync(response, cancellationToken).ConfigureAwait(false);
            throw Refusal(code, message);
        }

        var answer = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        return EtcdJson.Text(answer, "token");
    }

    private async Task<HttpResponseMessage> SendAsync(Uri endpoint, string path, JsonObject request, string? token, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "/v3/" + path))
        {
            Content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue(token);
        }

        using var limit = new CancellationTokenSource(options.AnswerLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.AnswerLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await response.Content.LoadIntoBufferAsync(AnswerBytesMax, both.Token).ConfigureAwait(false);
        await using var stream = await response.Content.ReadAsStreamAsync(both.Token).ConfigureAwait(false);
        using var document = await JsonDocument.ParseAsync(stream, default, both.Token).ConfigureAwait(false);
        return document.RootElement.Clone();
    }

    private async Task<(int Code, string Message)> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
            return ((int)EtcdJson.Number(answer, "code"), EtcdJson.TextOr(answer, "message", response.ReasonPhrase ?? ""));
        }
        catch (Exception exception) when (IsTheWay(exception, cancellationToken))
        {
            return (response.StatusCode == HttpStatusCode.Unauthorized ? Unauthenticated : 0, $"HTTP {(int)response.StatusCode}");
        }
    }

    private static AnchorEngineException Refusal(int code, string message) => new(
        code is InvalidArgument or PermissionDenied or FailedPrecondition or Unauthenticated ? AnchorFailure.Refused : AnchorFailure.Unreachable,
        "etcd said: " + (message.Length <= 300 ? message : message[..300]));
}
