using Cinnabar.Station.Contract;

namespace Cinnabar.Station.Tests.Contract;

/// <summary>Stands in every test's browser and fails the test whose answer is not what docs/formats/openapi.json says.</summary>
internal sealed class ContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        var contentType = answer.Content.Headers.ContentType?.MediaType;
        if (path == ApiDescription.Path || !path.StartsWith("/api/", StringComparison.Ordinal) && path != "/healthz")
        {
            return answer;
        }

        // A stream of events has no end to wait for.
        var body = contentType?.EndsWith("json", StringComparison.Ordinal) == true ? await answer.Content.ReadAsStringAsync(cancellationToken)
            : contentType is null ? "" : "…";
        var faults = ApiContract.Faults(request.Method.Method, path, (int)answer.StatusCode, contentType, body);
        Assert.True(faults.Count == 0, $"{request.Method} {path} answered {(int)answer.StatusCode} against its description: {string.Join("; ", faults)}\n{body}");
        return answer;
    }
}
