using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence;
using Cinnabar.Shared;
using Microsoft.AspNetCore.Http;

namespace Cinnabar.Ledger.Timestamps.Tests;

/// <summary>An authority answers; one thing is spoiled in each test.</summary>
public sealed class TimestampAuthorityTests : IDisposable
{
    private static readonly Digest s_imprint = Digest.Of("a final checkpoint"u8);

    private readonly HttpClient _http = new();
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();

    public void Dispose()
    {
        _http.Dispose();
        _random.Dispose();
    }

    [Fact]
    public async Task Token_IsValidAndOpenSslAgrees()
    {
        await using var authority = await TestAuthority.StartAsync();
        var result = await StampAsync(authority);

        Assert.Equal((TimestampVerdict.Valid, ""), (result.Verdict, result.Detail));
        Assert.Equal("CN=Authority of a timestamp test", result.Facts!.Authority);
        Assert.InRange(result.Facts.Time, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        await File.WriteAllBytesAsync(Path.Combine(authority.Folder, "kept.tst"), result.Token.ToArray(), TestContext.Current.CancellationToken);
        Assert.Contains(
            "Verification: OK",
            OpenSsl.Run(authority.Folder, "ts", "-verify", "-digest", s_imprint.ToString(), "-in", "kept.tst", "-token_in", "-CAfile", "root.pem"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherDigestStamped_IsWrongImprint() =>
        await RefusedAsync(TimestampVerdict.WrongImprint, authority => authority.Ask = query =>
            Rfc3161TimestampRequest.CreateFromHash(SHA256.HashData("another"u8), HashAlgorithmName.SHA256, null, NonceOf(query), true).Encode());

    [Fact]
    public async Task AnotherNonce_IsWrongNonce() =>
        await RefusedAsync(TimestampVerdict.WrongNonce, authority => authority.Ask = _ =>
            Rfc3161TimestampRequest.CreateFromHash(s_imprint.ToArray(), HashAlgorithmName.SHA256, null, new byte[] { 7 }, true).Encode());

    [Fact]
    public async Task NoNonce_IsWrongNonce() =>
        await RefusedAsync(TimestampVerdict.WrongNonce, authority => authority.Ask = _ =>
            Rfc3161TimestampRequest.CreateFromHash(s_imprint.ToArray(), HashAlgorithmName.SHA256, null, null, true).Encode());

    [Fact]
    public async Task AnswerOfYesterday_IsWrongNonce()
    {
        await using var authority = await TestAuthority.StartAsync();
        byte[]? first = null;
        authority.Answer = reply => first ??= reply;
        Assert.Equal(TimestampVerdict.Valid, (await StampAsync(authority)).Verdict);

        Assert.Equal(TimestampVerdict.WrongNonce, (await StampAsync(authority)).Verdict);
    }

    [Fact]
    public async Task Sha1Imprint_IsWeak() =>
        await RefusedAsync(TimestampVerdict.WeakAlgorithm, authority => authority.Ask = query =>
            Rfc3161TimestampRequest.CreateFromHash(new byte[20], HashAlgorithmName.SHA1, null, NonceOf(query), true).Encode());

    [Fact]
    public async Task Sha1Signature_IsWeak()
    {
        await using var authority = await TestAuthority.StartAsync(digest: "sha1");
        Assert.Equal(TimestampVerdict.WeakAlgorithm, (await StampAsync(authority)).Verdict);
    }

    [Fact]
    public async Task CertificateLeftOut_IsMissing() =>
        await RefusedAsync(TimestampVerdict.CertificateMissing, authority => authority.Ask = query =>
            Rfc3161TimestampRequest.CreateFromHash(s_imprint.ToArray(), HashAlgorithmName.SHA256, null, NonceOf(query), false).Encode());

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task CertificateThatIsNotForTimeStampingAlone_HasTheWrongPurpose(int purposes, bool critical)
    {
        var signing = SigningCertificate.New(purposes: purposes, critical: critical);
        await RefusedAsync(TimestampVerdict.WrongPurpose, authority => authority.Answer = reply => Resigned.By(signing, reply));
    }

    [Theory]
    [InlineData(-900, -1)]
    [InlineData(1, 365)]
    public async Task CertificateThatEndedOrHasNotBegun_IsRefused(int from, int to)
    {
        await using var authority = await TestAuthority.StartAsync(SigningCertificate.New(from, to));
        Assert.Equal(TimestampVerdict.CertificateNotValidThen, (await StampAsync(authority)).Verdict);
    }

    [Fact]
    public async Task CertificateOfAForeignRoot_IsNotTrusted()
    {
        await using var authority = await TestAuthority.StartAsync();
        Assert.Equal(TimestampVerdict.NotTrusted, (await StampAsync(authority, roots: [SigningCertificate.New().Root])).Verdict);
    }

    [Fact]
    public async Task SignatureThatDoesNotNameItsCertificate_IsRefused()
    {
        var signing = SigningCertificate.New();
        await using var authority = await TestAuthority.StartAsync(signing);
        authority.Answer = reply => Resigned.By(signing, reply, namesTheCertificate: false);

        Assert.Equal(TimestampVerdict.SignatureInvalid, (await StampAsync(authority)).Verdict);
    }

    [Fact]
    public async Task TokenResignedProperly_IsValid()
    {
        // What the spoiled ones above are held against: the way of spoiling is not what is refused.
        var signing = SigningCertificate.New();
        await using var authority = await TestAuthority.StartAsync(signing);
        authority.Answer = reply => Resigned.By(signing, reply);

        Assert.Equal(TimestampVerdict.Valid, (await StampAsync(authority)).Verdict);
    }

    [Fact]
    public async Task SignatureChanged_IsInvalid() =>
        await RefusedAsync(TimestampVerdict.SignatureInvalid, authority => authority.Answer = reply =>
        {
            reply[^1] ^= 1;
            return reply;
        });

    [Fact]
    public async Task RequestRefusedByTheAuthority_IsNotGranted() =>
        await RefusedAsync(TimestampVerdict.NotGranted, authority => authority.Ask = query =>
            Rfc3161TimestampRequest.CreateFromHash(new byte[48], HashAlgorithmName.SHA384, null, NonceOf(query), true).Encode());

    [Fact]
    public async Task AnswerCutShort_IsMalformed() =>
        await RefusedAsync(TimestampVerdict.AnswerMalformed, authority => authority.Answer = reply => reply[..^10]);

    [Fact]
    public async Task BytesBehindTheAnswer_AreMalformed() =>
        await RefusedAsync(TimestampVerdict.AnswerMalformed, authority => authority.Answer = reply => [.. reply, 0]);

    [Fact]
    public async Task PageInsteadOfAnAnswer_IsMalformed() =>
        await RefusedAsync(TimestampVerdict.AnswerMalformed, authority => authority.Instead = context => context.Response.WriteAsync("<html>Welcome</html>"));

    [Fact]
    public async Task SomethingElseInTheAnswer_IsNotAToken() =>
        await RefusedAsync(TimestampVerdict.NotAToken, authority => authority.Answer = _ => Resigned.Wrapped([0x30, 0x03, 0x02, 0x01, 0x07]));

    [Fact]
    public async Task HugeAnswer_IsTooLong() =>
        await RefusedAsync(TimestampVerdict.AnswerTooLong, authority => authority.Answer = _ => new byte[TimestampLimits.AnswerMaxBytes + 1]);

    [Fact]
    public async Task AnswerWithoutEnd_IsTooLong() =>
        await RefusedAsync(TimestampVerdict.AnswerTooLong, authority => authority.Instead = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[4096], context.RequestAborted);
            }
        });

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task ErrorStatus_IsSaid(int status)
    {
        var result = await RefusedAsync(TimestampVerdict.ErrorStatus, authority => authority.Instead = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        Assert.Equal($"status {status}", result.Detail);
    }

    [Fact]
    public async Task AuthorityThatNeverAnswers_IsNoAnswer()
    {
        await using var authority = await TestAuthority.StartAsync();
        authority.Instead = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(TimestampVerdict.NoAnswer, (await StampAsync(authority, limits: new TimestampLimits { Timeout = TimeSpan.FromMilliseconds(100) })).Verdict);
    }

    [Fact]
    public async Task AuthorityThatIsDown_IsNoAnswer()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var nobody = new Uri($"http://{listener.LocalEndpoint}");
        listener.Stop();
        var authority = new TimestampAuthority(nobody, [SigningCertificate.New().Root], new TimestampLimits(), _http, TimeProvider.System, _random);

        Assert.Equal(TimestampVerdict.NoAnswer, (await authority.StampAsync(s_imprint, TestContext.Current.CancellationToken)).Verdict);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task AuthorityWithAnotherTime_IsOutOfTheWindow(int hours)
    {
        await using var authority = await TestAuthority.StartAsync();
        Assert.Equal(TimestampVerdict.TimeOutOfWindow, (await StampAsync(authority, time: new ManualTime(DateTimeOffset.UtcNow.AddHours(hours)))).Verdict);
    }

    [Fact]
    public void AuthorityWithoutARoot_IsRefused() => Assert.Throws<ArgumentException>(() =>
        new TimestampAuthority(new Uri("http://tsa.example"), [], new TimestampLimits(), _http, TimeProvider.System, _random));

    private async Task<TimestampResult> RefusedAsync(TimestampVerdict verdict, Action<TestAuthority> spoil)
    {
        await using var authority = await TestAuthority.StartAsync();
        spoil(authority);
        var result = await StampAsync(authority);

        Assert.Equal(verdict, result.Verdict);
        Assert.InRange(result.Detail.Length, 1, 200);
        Assert.True(result.Token.IsEmpty);
        Assert.Null(result.Facts);
        return result;
    }

    private Task<TimestampResult> StampAsync(
        TestAuthority authority, X509Certificate2Collection? roots = null, TimestampLimits? limits = null, TimeProvider? time = null) =>
        new TimestampAuthority(authority.Address, roots ?? authority.Roots, limits ?? new TimestampLimits(), _http, time ?? TimeProvider.System, _random)
            .StampAsync(s_imprint, TestContext.Current.CancellationToken);

    private static ReadOnlyMemory<byte> NonceOf(byte[] query) =>
        Rfc3161TimestampRequest.TryDecode(query, out var request, out _) ? request.GetNonce()!.Value : throw new InvalidOperationException("no request");
}
