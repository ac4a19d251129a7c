using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Tests.Notices;

public sealed class SmtpChannelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cinnabar-mail-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ChineseWarning_ArrivesAsWritten()
    {
        await using var server = await MailServer.StartAsync();
        var result = await Send(Options(server), Warnings.To("duty@court.example"));
        Assert.Equal(DeliveryOutcome.HandedOff, result.Outcome);
        Assert.Equal("2.0.0 queued as 4711", result.ProviderId);
        var (message, _) = await server.NextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Warnings.To("x").Words.Text, message.TextBody?.TrimEnd());
        Assert.StartsWith("【电子封条】(2026)京0105执1234号", message.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameNoticeTwice_CarriesOneMessageId()
    {
        await using var server = await MailServer.StartAsync();
        await Send(Options(server), Warnings.To("duty@court.example"));
        await Send(Options(server), Warnings.To("duty@court.example"));
        var first = await server.NextAsync(TestContext.Current.CancellationToken);
        var second = await server.NextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(first.Message.MessageId, second.Message.MessageId);
    }

    [Fact]
    public async Task StartTlsWithCourtsAuthority_SendsEncryptedAndSignedIn()
    {
        var (certificate, key) = Certificate("127.0.0.1");
        await using var server = await MailServer.StartAsync(certificate, key);
        var options = Options(server, SmtpSecurity.StartTls);
        (options.AuthorityFile, options.UserName, options.Password) = (certificate, "court", "right");
        var result = await Send(options, Warnings.To("duty@court.example"));
        Assert.Equal(DeliveryResult.HandedOff(DeliveryReason.Accepted, "2.0.0 queued as 4711"), result);
        Assert.True((await server.NextAsync(TestContext.Current.CancellationToken)).Tls);
    }

    [Fact]
    public async Task StartTlsWithWrongPassword_IsRefused()
    {
        var (certificate, key) = Certificate("127.0.0.1");
        await using var server = await MailServer.StartAsync(certificate, key);
        var options = Options(server, SmtpSecurity.StartTls);
        (options.AuthorityFile, options.UserName, options.Password) = (certificate, "court", "wrong");
        Assert.Equal(DeliveryResult.Refused(DeliveryReason.CredentialsRefused), await Send(options, Warnings.To("duty@court.example")));
    }

    [Fact]
    public async Task StartTlsWithUnknownAuthority_SendsNothing()
    {
        var (certificate, key) = Certificate("127.0.0.1");
        await using var server = await MailServer.StartAsync(certificate, key);
        Assert.Equal(
            DeliveryResult.Unreachable(DeliveryReason.CertificateUntrusted),
            await Send(Options(server, SmtpSecurity.StartTls), Warnings.To("duty@court.example")));
    }

    [Fact]
    public async Task StartTlsWithAnotherServersName_SendsNothing()
    {
        var (certificate, key) = Certificate("192.0.2.1");
        await using var server = await MailServer.StartAsync(certificate, key);
        var options = Options(server, SmtpSecurity.StartTls);
        options.AuthorityFile = certificate;
        Assert.Equal(DeliveryResult.Unreachable(DeliveryReason.CertificateUntrusted), await Send(options, Warnings.To("duty@court.example")));
    }

    [Fact]
    public async Task ServerWithoutStartTls_SendsNothing()
    {
        await using var server = await MailServer.StartAsync();
        Assert.Equal(
            DeliveryResult.Unreachable(DeliveryReason.TlsMissing),
            await Send(Options(server, SmtpSecurity.StartTls), Warnings.To("duty@court.example")));
    }

    [Theory]
    [InlineData("nobody@court.example", 2, DeliveryReason.RecipientRefused)]
    [InlineData("later@court.example", 3, DeliveryReason.ProviderBusy)]
    [InlineData("slow@court.example", 4, DeliveryReason.TimedOut)]
    [InlineData("two words", 2, DeliveryReason.RecipientRefused)]
    [InlineData("duty", 2, DeliveryReason.RecipientRefused)]
    public async Task ServersAnswer_BecomesReason(string address, int outcome, string reason)
    {
        await using var server = await MailServer.StartAsync();
        var options = Options(server);
        options.AttemptTimeout = TimeSpan.FromSeconds(address.StartsWith("slow", StringComparison.Ordinal) ? 0.5 : 20);
        var result = await Send(options, Warnings.To(address));
        Assert.Equal(((DeliveryOutcome)outcome, reason), (result.Outcome, result.Reason));
    }

    [Fact]
    public async Task NobodyListens_IsUnreachable()
    {
        int port;
        await using (var server = await MailServer.StartAsync())
        {
            port = server.Port;
        }

        var options = new SmtpOptions { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None, From = "seals@court.example" };
        Assert.Equal(DeliveryResult.Unreachable(DeliveryReason.ConnectionFailed), await Send(options, Warnings.To("duty@court.example")));
    }

    private static SmtpOptions Options(MailServer server, SmtpSecurity security = SmtpSecurity.None) =>
        new() { Host = "127.0.0.1", Port = server.Port, Security = security, From = "seals@court.example", AttemptTimeout = TimeSpan.FromSeconds(20) };

    private static Task<DeliveryResult> Send(SmtpOptions options, Notice notice) =>
        new SmtpChannel(options, TimeProvider.System).SendAsync(notice, TestContext.Current.CancellationToken);

    private (string Certificate, string Key) Certificate(string address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mail", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(_folder, "mail.pem"), Path.Combine(_folder, "mail.key"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }
}
