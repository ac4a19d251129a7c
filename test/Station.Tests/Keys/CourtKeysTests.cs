using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Setup;
using Cinnabar.Station.Tests.Hosting;

namespace Cinnabar.Station.Tests.Keys;

public sealed class CourtKeysTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("cinnabar-keys-");

    private readonly DirectoryInfo _other = Directory.CreateTempSubdirectory("cinnabar-keys-");

    public CourtKeysTests()
    {
        InitCommand.Make(_data, TestCourt.Identity);
        InitCommand.Make(_other, TestCourt.Identity with { Code = "京0105", Origin = "log.other.example/2026" });
    }

    private string Folder => _data.FullName;

    public void Dispose()
    {
        _data.Delete(recursive: true);
        _other.Delete(recursive: true);
    }

    [Fact]
    public void CosignerKeys_ComeBackAsTheyWereMade_AndSignUnderTheEpochsName()
    {
        CosignerKeys.Create(Folder, 3);
        using var first = CosignerKeys.Open(Folder, 3);
        using var second = CosignerKeys.Open(Folder, 3);

        Assert.Equal(first.Receipt.PublicKey, second.Receipt.PublicKey);
        Assert.True(first.Note.PublicKey.Span.SequenceEqual(second.Note.PublicKey.Span));
        Assert.Equal("log.test.example/2026/cosigner/3", first.ToCosigner(TestCourt.Identity.Origin).Name);
        Assert.Equal(CosignerName.Of(TestCourt.Identity.Origin, 3), second.ToCosigner(TestCourt.Identity.Origin).Name);
    }

    [Fact]
    public void CosignerKeys_MadeAgain_AreTheOldOnes_AndOnlyTheMissingOneIsNew()
    {
        CosignerKeys.Create(Folder, 1);
        var (pem, seed) = (File.ReadAllBytes(Key("cosigner-1.pem")), File.ReadAllBytes(Key("cosigner-1.seed")));
        File.Delete(Key("cosigner-1.seed"));

        CosignerKeys.Create(Folder, 1);

        Assert.Equal(pem, File.ReadAllBytes(Key("cosigner-1.pem")));
        Assert.NotEqual(seed, File.ReadAllBytes(Key("cosigner-1.seed")));
    }

    [Fact]
    public void CosignerKeys_OfTwoEpochs_AreDifferent()
    {
        CosignerKeys.Create(Folder, 1);
        CosignerKeys.Create(Folder, 2);
        using var first = CosignerKeys.Open(Folder, 1);
        using var second = CosignerKeys.Open(Folder, 2);

        Assert.NotEqual(first.Receipt.PublicKey, second.Receipt.PublicKey);
        Assert.False(first.Note.PublicKey.Span.SequenceEqual(second.Note.PublicKey.Span));
    }

    [Theory]
    [InlineData("cosigner-1.pem")]
    [InlineData("cosigner-1.seed")]
    public void CosignerKey_ThatIsMissing_IsRefusedAndSaysWhatFollows(string file)
    {
        CosignerKeys.Create(Folder, 1);
        File.Delete(Key(file));

        Assert.Contains("epoch 1", Assert.Throws<FileNotFoundException>(() => CosignerKeys.Open(Folder, 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cosigner-1.pem")]
    [InlineData("cosigner-1.seed")]
    public void CosignerKey_ThatOthersMayRead_IsRefused(string file)
    {
        CosignerKeys.Create(Folder, 1);
        File.SetUnixFileMode(Key(file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Contains("chmod 600", Assert.Throws<UnauthorizedAccessException>(() => CosignerKeys.Open(Folder, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Seed_OfAnotherLength_IsRefused()
    {
        CosignerKeys.Create(Folder, 1);
        File.WriteAllBytes(Key("cosigner-1.seed"), new byte[31]);

        Assert.Contains("31 bytes", Assert.Throws<InvalidDataException>(() => CosignerKeys.Open(Folder, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinkCertificates_ServeBothEndsOfALink_AndEachIsKnownByItsKey()
    {
        LinkKey.Create(Folder);
        LinkKey.Create(_other.FullName);
        using var server = LinkKey.Open(Folder);
        using var client = LinkKey.Open(_other.FullName);

        await ShakeHandsAsync(server, client, server.Digest, client.Digest);

        await Assert.ThrowsAsync<AuthenticationException>(() => ShakeHandsAsync(server, client, client.Digest, client.Digest));
        await Assert.ThrowsAnyAsync<Exception>(() => ShakeHandsAsync(server, client, server.Digest, server.Digest));
    }

    [Fact]
    public void LinkKey_IsNeverReplaced_AndItsDigestStays()
    {
        LinkKey.Create(Folder);
        using var first = LinkKey.Open(Folder);

        Assert.Throws<IOException>(() => LinkKey.Create(Folder));
        using var second = LinkKey.Open(Folder);
        Assert.Equal(first.Digest, second.Digest);
    }

    private string Key(string file) => Path.Combine(Folder, "keys", file);

    private static async Task ShakeHandsAsync(LinkKey server, LinkKey client, Digest clientExpects, Digest serverExpects)
    {
        var stop = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var calling = new TcpClient();
        var accepting = listener.AcceptTcpClientAsync(stop);
        await calling.ConnectAsync((IPEndPoint)listener.LocalEndpoint, stop);
        using var called = await accepting;
        await using var serverSide = new SslStream(called.GetStream());
        await using var clientSide = new SslStream(calling.GetStream());
        var serving = serverSide.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = server.Certificate, ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, shown, _, _) => IsKey(shown, serverExpects),
        }, stop);
        await clientSide.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "court", ClientCertificates = [client.Certificate],
            RemoteCertificateValidationCallback = (_, shown, _, _) => IsKey(shown, clientExpects),
        }, stop);
        await serving;
    }

    private static bool IsKey(X509Certificate? shown, Digest expected)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(shown!.GetRawCertData());
        return LinkKey.DigestOf(certificate) == expected;
    }
}
