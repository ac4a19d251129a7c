using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Cinnabar.Station.Notices;

/// <summary>E-mail over SMTP (RFC 5321), one connection an attempt.</summary>
internal sealed class SmtpChannel : Channel
{
    private readonly SmtpOptions _options;
    private readonly X509Certificate2Collection? _authorities;
    private readonly TimeProvider _time;

    public SmtpChannel(SmtpOptions options, TimeProvider time)
        : base(options.AttemptTimeout, time)
    {
        _options = options;
        _time = time;
        if (options.AuthorityFile is not null)
        {
            _authorities = [];
            _authorities.ImportFromPemFile(options.AuthorityFile);
        }
    }

    public override string Name => "email";

    protected override async Task<DeliveryResult> HandOffAsync(Notice notice, CancellationToken cancellationToken)
    {
        if (!MailboxAddress.TryParse(notice.Address, out var recipient) || !recipient.Address.Contains('@', StringComparison.Ordinal)) return DeliveryResult.Refused(DeliveryReason.RecipientRefused);
        using var message = Message(notice, recipient);
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        if (_authorities is not null) client.ServerCertificateValidationCallback = TrustsChain;
        try
        {
            await client.ConnectAsync(_options.Host, _options.Port, SocketOptions(_options.Security), cancellationToken);
            if (_options.UserName.Length > 0) await client.AuthenticateAsync(_options.UserName, _options.Password, cancellationToken);
            var answer = await client.SendAsync(message, cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
            return DeliveryResult.HandedOff(DeliveryReason.Accepted, IdOf(answer, recipient.Address));
        }
        catch (SmtpCommandException e)
        {
            return Refusal(e);
        }
        catch (Exception e) when (e is MailKit.Security.AuthenticationException or SaslException)
        {
            return DeliveryResult.Refused(DeliveryReason.CredentialsRefused);
        }
        catch (Exception e) when (e is SslHandshakeException or System.Security.Authentication.AuthenticationException)
        {
            return DeliveryResult.Unreachable(DeliveryReason.CertificateUntrusted);
        }
        catch (NotSupportedException)
        {
            // STARTTLS was asked for and the server does not offer it. Nothing was sent.
            return DeliveryResult.Unreachable(DeliveryReason.TlsMissing);
        }
        catch (Exception e) when (e is SmtpProtocolException or MailKit.ServiceNotConnectedException)
        {
            return DeliveryResult.Unreachable(e.InnerException is SocketException socket ? ReasonOf(socket) : DeliveryReason.ProtocolBroken);
        }
    }

    private static DeliveryResult Refusal(SmtpCommandException e) => e.ErrorCode switch
    {
        // 4yz is the server's own trouble, 5yz is a no (RFC 5321, 4.2.1).
        _ when (int)e.StatusCode is >= 400 and < 500 => DeliveryResult.Unreachable(DeliveryReason.ProviderBusy),
        SmtpErrorCode.RecipientNotAccepted => DeliveryResult.Refused(DeliveryReason.RecipientRefused),
        SmtpErrorCode.SenderNotAccepted => DeliveryResult.Refused(DeliveryReason.SenderRefused),
        _ => DeliveryResult.Refused(DeliveryReason.RequestRefused),
    };

    private MimeMessage Message(Notice notice, MailboxAddress recipient)
    {
        var message = new MimeMessage { Subject = notice.Words.Subject, Date = _time.GetUtcNow() };
        message.From.Add(MailboxAddress.Parse(_options.From));
        message.To.Add(recipient);
        // Same key, same Message-ID: mail programs show a repeated hand-over once.
        message.MessageId = $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(notice.Key)))[..32]}@{_options.Host}";
        message.Importance = MessageImportance.High;
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Body = new TextPart("plain") { Text = notice.Words.Text };
        return message;
    }

    private bool TrustsChain(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        // Another authority does not excuse another name.
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities!);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var leaf = new X509Certificate2(certificate);
        return own.Build(leaf);
    }

    private static SecureSocketOptions SocketOptions(SmtpSecurity security) => security switch
    {
        SmtpSecurity.None => SecureSocketOptions.None,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.StartTls,
    };

    // Some servers repeat the recipient in their answer; the id goes into a statement that anybody may read.
    private static string? IdOf(string answer, string address)
    {
        if (answer.Contains(address, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var text = new string([.. answer.Where(c => c is >= ' ' and <= '~').Take(64)]);
        return text.Length == 0 ? null : text;
    }
}
