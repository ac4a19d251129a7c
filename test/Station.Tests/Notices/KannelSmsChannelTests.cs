using System.Security.Cryptography;
using Cinnabar.Station.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Notices;

public sealed class KannelSmsChannelTests(KannelFixture kannel)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);
    private readonly SmsReportTokens _tokens = new(RandomNumberGenerator.GetBytes(32));
    private readonly System.Threading.Channels.Channel<DeliveryReport> _reports = System.Threading.Channels.Channel.CreateUnbounded<DeliveryReport>();

    [Theory]
    [InlineData("+8613800000001", "封条被剪断 A+B & 100% “引号” 𠮷")]
    [InlineData("+8613800000002", "strip cut")]
    public async Task ShortText_ReachesThePhoneAsWritten(string number, string text)
    {
        var result = await Send(Options(), Notice(number, text));
        Assert.Equal(DeliveryResult.HandedOff(DeliveryReason.Accepted), result);
        var message = await kannel.Gateway.Phones.WaitAsync(m => m.To == number, s_limit, TestContext.Current.CancellationToken);
        Assert.Equal((text, "10690123"), (message.Text, message.From));
    }

    [Fact]
    public async Task WholeWarning_ReachesThePhoneInParts()
    {
        var notice = Warnings.To("+8613800000003");
        await Send(Options(), notice);
        var message = await kannel.Gateway.Phones.WaitAsync(m => m.To == notice.Address, s_limit, TestContext.Current.CancellationToken);
        Assert.Equal(notice.Words.Text, message.Text);
    }

    [Fact]
    public async Task PhoneNetworksReport_ComesBackUnderTheMessagesKey()
    {
        await using var station = await Station();
        var options = Options();
        options.ReportBaseUrl = station.Address;
        await Send(options, Notice("+8613800000004", "封条被剪断") with { Key = "w:4/一" });
        DeliveryReport report;
        do
        {
            report = await _reports.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(s_limit, TestContext.Current.CancellationToken);
            Assert.Equal("w:4/一", report.Key);
        }
        while (!report.IsFinal);
        Assert.Equal(DeliveryReason.Delivered, report.Reason);
        Assert.NotNull(report.ProviderId);
    }

    [Fact]
    public async Task ReportWithForgedToken_IsNotFoundAndNotRecorded()
    {
        await using var station = await Station();
        using var client = new HttpClient { BaseAddress = station.Address };
        var token = new SmsReportTokens(RandomNumberGenerator.GetBytes(32)).Issue("w-4");
        foreach (var path in new[] { $"{token}?s=1", "x?s=1", new string('A', 2000) + "?s=1", "%20?s=1" })
        {
            var answer = await client.GetAsync(new Uri($"{SmsReportEndpoint.Path}/{path}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.False(_reports.Reader.TryRead(out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?s=3")]
    [InlineData("?s=one")]
    public async Task ReportWithoutKnownStatus_IsRefused(string query)
    {
        await using var station = await Station();
        using var client = new HttpClient { BaseAddress = station.Address };
        var answer = await client.GetAsync(new Uri($"{SmsReportEndpoint.Path}/{_tokens.Issue("w-4")}{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(_reports.Reader.TryRead(out _));
    }

    [Fact]
    public async Task WrongPassword_IsRefused()
    {
        var options = Options();
        options.Password = "wrong";
        Assert.Equal(DeliveryResult.Refused(DeliveryReason.CredentialsRefused), await Send(options, Notice("+8613800000005", "x")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("abc")]
    [InlineData("+86138\r\nX-Kannel-From: 110")]
    [InlineData("+8613800000000 +8613900000000")]
    public async Task NumberThatIsNone_IsRefusedBeforeTheGateway(string number) =>
        Assert.Equal(DeliveryResult.Refused(DeliveryReason.RecipientRefused), await Send(Options(), Notice(number, "x")));

    [Fact]
    public async Task GatewayDown_IsUnreachable()
    {
        Uri closed;
        await using (var station = await Station())
        {
            closed = station.Address;
        }

        var options = Options();
        options.SendSmsUrl = new Uri(closed, "/cgi-bin/sendsms");
        Assert.Equal(DeliveryResult.Unreachable(DeliveryReason.ConnectionFailed), await Send(options, Notice("+8613800000006", "x")));
    }

    private static Notice Notice(string number, string text) => new("w-" + number, number, new WarningWords("", text), Warnings.Cut);

    private KannelSmsOptions Options() => new()
    {
        SendSmsUrl = kannel.Gateway.SendSmsUrl,
        UserName = kannel.Gateway.UserName,
        Password = kannel.Gateway.UserPassword,
        From = "10690123",
        AttemptTimeout = TimeSpan.FromSeconds(20),
    };

    private async Task<DeliveryResult> Send(KannelSmsOptions options, Notice notice)
    {
        using var channel = new KannelSmsChannel(options, _tokens, TimeProvider.System);
        return await channel.SendAsync(notice, TestContext.Current.CancellationToken);
    }

    private Task<HttpPeer> Station()
    {
        Func<DeliveryReport, CancellationToken, Task> record = (report, cancellationToken) => _reports.Writer.WriteAsync(report, cancellationToken).AsTask();
        return HttpPeer.StartAsync(
            services => services.AddSingleton(_tokens).AddSingleton(record),
            routes => routes.MapGet(SmsReportEndpoint.Path + "/{token}", SmsReportEndpoint.ReceiveAsync));
    }
}
