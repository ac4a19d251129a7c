using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>Stands between an engine and a node, and says something else than the node when it is told to.</summary>
internal sealed class NodeProxy : IAsyncDisposable
{
    private readonly WebApplication _app;

    private NodeProxy(WebApplication app, Uri target)
    {
        _app = app;
        Target = target;
    }

    /// <summary>The node behind it; another one from the next request on.</summary>
    public Uri Target { get; set; }

    public Uri Endpoint { get; private set; } = null!;

    /// <summary>Gets each call's method and true result, and gives the result that is told. Null tells the truth.</summary>
    public Func<string, JsonNode?, JsonNode?>? Lie { get; set; }

    /// <summary>Gets a method; true answers with a transport error instead of asking the node at all.</summary>
    public Func<HttpContext, JsonNode, Task<bool>>? Instead { get; set; }

    /// <summary>Takes the whole answer's JSON and gives what is sent.</summary>
    public Func<JsonNode, string>? Whole { get; set; }

    public static async Task<NodeProxy> BeforeAsync(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var proxy = new NodeProxy(app, target);
        app.Run(proxy.ServeAsync);
        await app.StartAsync();
        proxy.Endpoint = new Uri(app.Urls.Single());
        return proxy;
    }

    /// <summary>The node is gone: its machine answers, and nobody listens.</summary>
    public void TakeDown() => Instead = (context, _) =>
    {
        context.Abort();
        return Task.FromResult(true);
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var request = JsonNode.Parse(body)!;
        if (Instead is not null && await Instead(context, request))
        {
            return;
        }

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await Anvil.Http.PostAsync(Target, content, context.RequestAborted);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(context.RequestAborted))!;
        if (Lie is not null)
        {
            Alter(request, answer);
        }

        await context.Response.WriteAsync(Whole is null ? answer.ToJsonString() : Whole(answer), context.RequestAborted);
    }

    private void Alter(JsonNode request, JsonNode answer)
    {
        if (request is not JsonArray calls)
        {
            AlterOne(request, answer);
            return;
        }

        foreach (var call in calls)
        {
            AlterOne(call!, ((JsonArray)answer).Single(item => (int)item!["id"]! == (int)call!["id"]!)!);
        }
    }

    private void AlterOne(JsonNode call, JsonNode answer)
    {
        var told = Lie!((string)call["method"]!, answer["result"]?.DeepClone());
        if (told is not null)
        {
            answer.AsObject().Remove("error");
            answer["result"] = told;
        }
    }
}
