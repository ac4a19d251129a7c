using System.Net;
using System.Text;
using System.Threading.Channels;
using Cinnabar.Station.Tests.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cinnabar.Station.Tests.Orders;

/// <summary>A text message gateway on a real socket that speaks Kannel's sendsms and keeps what it is handed.</summary>
internal sealed class TextPhones : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly Channel<(string To, string Text)> _texts = Channel.CreateUnbounded<(string, string)>();
    private HttpPeer _peer = null!;

    /// <summary>The settings of a station that sends its texts here.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Notices:Sms:SendSmsUrl", new Uri(_peer.Address, "/cgi-bin/sendsms").ToString()), ("Notices:Sms:UserName", "court"), ("Notices:Sms:Password", "a password"),
    ];

    public static async Task<TextPhones> StartAsync()
    {
        var phones = new TextPhones();
        phones._peer = await HttpPeer.StartAsync(_ => { }, routes => routes.MapPost("/cgi-bin/sendsms", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            phones._texts.Writer.TryWrite((http.Request.Headers["X-Kannel-To"].ToString(), Encoding.BigEndianUnicode.GetString(body.ToArray())));
            http.Response.StatusCode = (int)HttpStatusCode.Accepted;
            await http.Response.WriteAsync("0: Accepted for delivery");
        }));
        return phones;
    }

    /// <summary>The next text to a number; others are passed over.</summary>
    public async Task<string> NextAsync(string number)
    {
        using var deadline = new CancellationTokenSource(s_limit);
        while (true)
        {
            var (to, text) = await _texts.Reader.ReadAsync(deadline.Token);
            if (to == number)
            {
                return text;
            }
        }
    }

    public ValueTask DisposeAsync() => _peer.DisposeAsync();
}
