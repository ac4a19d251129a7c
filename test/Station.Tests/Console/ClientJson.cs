using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Cinnabar.Station.Tests.Console;

/// <summary>Requests of tests: one call, status checked, JSON back.</summary>
internal static class ClientJson
{
    public static async Task<JsonNode> GetAsync(this HttpClient client, string path, HttpStatusCode status)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return await ReadAsync(answer, status);
    }

    public static async Task<JsonNode> PostAsync(this HttpClient client, string path, object body, HttpStatusCode status)
    {
        using var answer = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return await ReadAsync(answer, status);
    }

    public static async Task<JsonNode> UploadAsync(this HttpClient client, string path, byte[] file, HttpStatusCode status)
    {
        using var form = new MultipartFormDataContent();
        using var content = new ByteArrayContent(file);
        form.Add(content, "file", "张三 裁定书.pdf");
        using var answer = await client.PostAsync(path, form, TestContext.Current.CancellationToken);
        return await ReadAsync(answer, status);
    }

    public static string Text(this JsonNode node, string key) => node[key]!.GetValue<string>();

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {(int)status}: {text}");
        return text.Length > 0 && answer.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true
            ? JsonNode.Parse(text)! : new JsonObject();
    }
}
