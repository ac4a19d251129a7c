using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cinnabar.Ledger.Timestamps.Tests;

/// <summary>An authority that is not ours: <c>openssl ts</c> behind a small HTTP listener.</summary>
internal sealed class TestAuthority : IAsyncDisposable
{
    private const string Config = """
        [tsa]
        default_tsa = it
        [it]
        serial = serial
        signer_cert = tsa.pem
        signer_key = tsa.key
        signer_digest = DIGEST
        default_policy = 1.2.3.4.1
        digests = sha1, sha256, sha512
        accuracy = secs:1
        ess_cert_id_alg = sha256
        """;

    private readonly WebApplication _app;
    private readonly SemaphoreSlim _oneAtATime = new(1);

    private TestAuthority(WebApplication app, string folder)
    {
        _app = app;
        Folder = folder;
    }

    public string Folder { get; }

    public Uri Address { get; private set; } = null!;

    public X509Certificate2Collection Roots => [X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Folder, "root.pem"))];

    /// <summary>How many have asked.</summary>
    public int Asked { get; private set; }

    /// <summary>Alters the request before OpenSSL sees it.</summary>
    public Func<byte[], byte[]>? Ask { get; set; }

    /// <summary>Alters OpenSSL's answer before it leaves.</summary>
    public Func<byte[], byte[]>? Answer { get; set; }

    /// <summary>Answers instead of OpenSSL.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    public static async Task<TestAuthority> StartAsync(SigningCertificate? signing = null, string digest = "sha256")
    {
        var folder = Directory.CreateTempSubdirectory("cinnabar-tsa-").FullName;
        (signing ?? SigningCertificate.New()).Write(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "tsa.cnf"), Config.Replace("DIGEST", digest, StringComparison.Ordinal));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var authority = new TestAuthority(app, folder);
        app.Run(authority.ServeAsync);
        await app.StartAsync();
        authority.Address = new Uri(app.Urls.Single());
        return authority;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _oneAtATime.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task ServeAsync(HttpContext context)
    {
        Asked++;
        if (Instead is not null)
        {
            await Instead(context);
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        await _oneAtATime.WaitAsync();
        try
        {
            var query = body.ToArray();
            await File.WriteAllBytesAsync(Path.Combine(Folder, "query.tsq"), Ask is null ? query : Ask(query));
            OpenSsl.Try(Folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr");
            var reply = await File.ReadAllBytesAsync(Path.Combine(Folder, "reply.tsr"));
            context.Response.ContentType = "application/timestamp-reply";
            await context.Response.Body.WriteAsync(Answer is null ? reply : Answer(reply));
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
