using System.ComponentModel.DataAnnotations;
using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Tests.Notices;

public sealed class NoticesOptionsTests
{
    [Fact]
    public void ChannelsWithoutAddress_AreOffAndValid()
    {
        Assert.Empty(Complaints(new KannelSmsOptions()));
        Assert.Empty(Complaints(new SmtpOptions()));
        Assert.Empty(Complaints(new WebhookOptions()));
    }

    [Fact]
    public void SmsPasswordWithLineBreak_IsRefused() =>
        Assert.Contains("printable ASCII", Assert.Single(Complaints(Sms(o => o.Password = "a\r\nb"))), StringComparison.Ordinal);

    [Fact]
    public void SmsAddressWithCredentials_IsRefused() =>
        Assert.Contains("credentials", Assert.Single(Complaints(Sms(o => o.SendSmsUrl = new Uri("http://u:p@gateway/")))), StringComparison.Ordinal);

    [Fact]
    public void SmsReportAddressWithPath_IsRefused() =>
        Assert.Contains("ReportBaseUrl", Assert.Single(Complaints(Sms(o => o.ReportBaseUrl = new Uri("http://station/x")))), StringComparison.Ordinal);

    [Fact]
    public void SmsTimeoutLongerThanARepeat_IsRefused() => Assert.Single(Complaints(Sms(o => o.AttemptTimeout = TimeSpan.FromSeconds(30))));

    [Fact]
    public void MailPasswordWithoutTls_IsRefused() => Assert.Contains(
        "plain text",
        Assert.Single(Complaints(new SmtpOptions { Host = "mail", From = "a@b.example", UserName = "u", Security = SmtpSecurity.None })),
        StringComparison.Ordinal);

    [Fact]
    public void MailSenderThatIsNone_IsRefused() =>
        Assert.Contains("From", Assert.Single(Complaints(new SmtpOptions { Host = "mail", From = "nobody" })), StringComparison.Ordinal);

    [Fact]
    public void WebhookWithShortSecret_IsRefused() =>
        Assert.Contains("Secret", Assert.Single(Complaints(new WebhookOptions { Url = new Uri("https://x.example/"), Secret = "short" })), StringComparison.Ordinal);

    [Fact]
    public void WebhookInPlainHttpToTheWorld_IsRefused() =>
        Assert.Contains("https", Assert.Single(Complaints(new WebhookOptions { Url = new Uri("http://x.example/"), Secret = new string('s', 32) })), StringComparison.Ordinal);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("93.184.216.34", false)]
    [InlineData("2606:2800:220:1::1", false)]
    public void PrivateAddresses_AreKnown(string address, bool isPrivate) =>
        Assert.Equal(isPrivate, OutboundConnection.IsPrivate(System.Net.IPAddress.Parse(address)));

    private static KannelSmsOptions Sms(Action<KannelSmsOptions> spoil)
    {
        var options = new KannelSmsOptions { SendSmsUrl = new Uri("http://gateway/"), UserName = "u", Password = "p" };
        spoil(options);
        return options;
    }

    private static List<string?> Complaints(object options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return [.. results.Select(r => r.ErrorMessage)];
    }
}
