using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cinnabar.Demo;

/// <summary>A person at the console, over HTTP: signed in, with the header that state changes need.</summary>
public sealed class StationClient : IDisposable
{
    private readonly HttpClient _http;

    public StationClient(Uri console)
    {
        Console = console;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
        {
            BaseAddress = console, Timeout = TimeSpan.FromSeconds(30),
        };
        _http.DefaultRequestHeaders.Add("X-Cinnabar", "1");
    }

    public Uri Console { get; }

    public Task SignInAsync(string login, string password, CancellationToken cancellationToken) =>
        PostAsync("/api/session", new { login, password }, cancellationToken);

    /// <exception cref="DemoException">The station refused; the message holds its answer.</exception>
    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        await ReadAsync(path, await _http.GetAsync(path, cancellationToken), cancellationToken) ?? throw new DemoException($"{path} answered nothing.");

    public async Task<JsonNode?> PostAsync(string path, object body, CancellationToken cancellationToken) =>
        await ReadAsync(path, await _http.PostAsJsonAsync(path, body, JsonSerializerOptions.Web, cancellationToken), cancellationToken);

    public async Task<JsonNode?> UploadAsync(string path, byte[] file, string name, string contentType, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent();
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new(contentType);
        form.Add(content, "file", name);
        return await ReadAsync(path, await _http.PostAsync(path, form, cancellationToken), cancellationToken);
    }

    public async Task<byte[]> DownloadAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(path, cancellationToken);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsByteArrayAsync(cancellationToken)
            : throw new DemoException($"{path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }

    /// <summary>Reads to the last byte.</summary>
    /// <returns>False when there is nothing: 404.</returns>
    public async Task<bool> TryDownloadAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(path, cancellationToken);
        return response.StatusCode != HttpStatusCode.NotFound && response.EnsureSuccessStatusCode().IsSuccessStatusCode;
    }

    public async Task<HttpStatusCode> StatusOfAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await _http.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    /// <summary>Live facts, from now on.</summary>
    public async IAsyncEnumerable<(string Name, JsonNode Data)> EventsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data.Length > 0 && JsonNode.Parse(item.Data) is { } data)
            {
                yield return (item.EventType, data);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<JsonNode?> ReadAsync(string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? text.Length == 0 ? null : JsonNode.Parse(text)
                : throw new DemoException($"{path} answered {(int)response.StatusCode}: {text}");
        }
    }
}
