using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MimeKit;

namespace Cinnabar.Station.Tests.Notices;

/// <summary>Debian's python3-aiosmtpd as a mail server on a free port.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly Process _process;

    private MailServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<MailServer> StartAsync(string? certificateFile = null, string? keyFile = null)
    {
        string[] arguments = certificateFile is null ? [] : [certificateFile, keyFile!];
        // Debian's own interpreter: another one on the path would not see Debian's package.
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Notices", "mailserver.py"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("apt-get install python3-aiosmtpd");
        return new MailServer(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    public async Task<(MimeMessage Message, bool Tls)> NextAsync(CancellationToken cancellationToken)
    {
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The mail server ended.");
        using var mail = JsonDocument.Parse(line);
        using var bytes = new MemoryStream(mail.RootElement.GetProperty("data").GetBytesFromBase64());
        return (await MimeMessage.LoadAsync(bytes, cancellationToken), mail.RootElement.GetProperty("tls").GetBoolean());
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
