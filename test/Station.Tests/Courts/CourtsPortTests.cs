using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Courts;
using Cinnabar.Station.Facts;
using Cinnabar.Uplink;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Courts;

/// <summary>The port for other courts, with real TLS: what gets through, what does not, and that every refusal is on record.</summary>
public sealed class CourtsPortTests(OnlineCourt court) : IClassFixture<OnlineCourt>
{
    private const string PushPath = CourtLink.PushPath;
    private const string Handshake = "courts port";

    private string Who => "court:" + court.Epoch.Find("log.c1.example/2026")!.Code;

    [Fact]
    public async Task OwnersPush_IsCosigned_AndADuplicateGetsTheSameLines()
    {
        court.Owner.Append(2, "one");
        var push = await NextAsync();

        var first = await court.PushAsync(push);
        var again = await court.PushAsync(push);
        var asked = await court.PushAsync(court.Owner.Push(court.Owner.Size, court.Owner.Size));

        Assert.Equal((200, $"{court.Owner.Size}"), (first.Status, first.Held));
        Assert.Equal(first, again);
        Assert.Equal(first, asked);
    }

    [Fact]
    public async Task NobodyWithoutACertificate_GetsPastTheHandshake()
    {
        using var client = court.Client(null);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => OnlineCourt.SendAsync(client, PushPath, [1]));

        court.AssertStated(Handshake, "no certificate");
    }

    [Fact]
    public async Task KeyOfNoCourt_DoesNotGetPastTheHandshake_AndIsNamed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest(new X500DistinguishedName("CN=Cinnabar court"), key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var client = court.Client(certificate);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => OnlineCourt.SendAsync(client, PushPath, [1]));

        court.AssertStated(Handshake, "key:");
    }

    [Fact]
    public async Task OwnKey_IsNoOtherCourts()
    {
        using var client = court.Client(0);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => OnlineCourt.SendAsync(client, PushPath, [1]));
    }

    [Fact]
    public async Task AnotherCourtsLog_IsNotTheirsToPush()
    {
        var other = court.History(2);
        other.Append(1, "one");

        var answer = await court.PushAsync(other.Push(0, other.Size));

        Assert.Equal(403, answer.Status);
        court.AssertStated(PushPath, Who, nameof(MirrorVerdict.NotTheOwners));
    }

    [Fact]
    public async Task EntriesOfAnotherEpoch_AreRefusedWithTheRule()
    {
        var next = Epoch.Of(new EpochDraft { Number = 2, Previous = court.Epoch.Hash, Liars = 0, Courts = court.Epoch.Courts });
        var owner = court.History(2, next);
        owner.Append(1, "one");
        using var client = court.Client(2);

        var answer = await OnlineCourt.ReadAsync(await OnlineCourt.SendAsync(client, PushPath, owner.Push(0, owner.Size).Encode()));

        Assert.Equal((422, "0"), (answer.Status, answer.Held));
        Assert.Contains("Entry 1 breaks the rule \"header-epoch\"", answer.Text, StringComparison.Ordinal);
        court.AssertStated(PushPath, "court:" + court.Epoch.Find("log.c2.example/2026")!.Code, "header-epoch");
    }

    [Fact]
    public async Task EntryThatAStrangerSigned_IsRefusedWithItsIndex_AndNothingOfThePushIsKept()
    {
        var held = await HeldAsync();
        var owner = court.Owner.Fork(court.Owner.Size);
        using var stranger = new EcdsaSigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        owner.Append(1, "one");
        owner.AppendStrangers(stranger);

        var answer = await court.PushAsync(owner.Push(held, owner.Size));

        Assert.Equal((422, $"{held}"), (answer.Status, answer.Held));
        Assert.Contains($"Entry {owner.Size - 1} breaks the rule \"key-unknown\"", answer.Text, StringComparison.Ordinal);
        court.AssertStated(PushPath, Who, $"Entry {owner.Size - 1} breaks the rule \"key-unknown\"");
    }

    [Fact]
    public async Task OldPush_IsToldTheHeldSize()
    {
        court.Owner.Append(1, "one");
        var old = await NextAsync();
        await court.PushAsync(old);
        court.Owner.Append(1, "one");
        await court.PushAsync(await NextAsync());

        Assert.Equal((409, $"{court.Owner.Size}", $"{court.Owner.Size}\n"), await court.PushAsync(old));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BodyThatIsTooLong_IsNotRead(bool saysSo)
    {
        using var client = court.Client(1);
        using var content = new StreamContent(new MemoryStream(new byte[MirrorPush.LengthMax + 1]));
        content.Headers.ContentLength = saysSo ? MirrorPush.LengthMax + 1 : null;
        using var request = new HttpRequestMessage(HttpMethod.Post, PushPath) { Content = content };
        request.Headers.TransferEncodingChunked = !saysSo;
        request.Headers.ExpectContinue = true;

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        court.AssertStated(PushPath, Who, "status 413");
    }

    [Fact]
    public async Task BodyThatIsNoMessage_IsRefused()
    {
        using var client = court.Client(1);

        var push = await OnlineCourt.ReadAsync(await OnlineCourt.SendAsync(client, PushPath, [1, 2, 3]));
        var heads = await OnlineCourt.ReadAsync(await OnlineCourt.SendAsync(client, CourtLink.HeadsPath, []));

        Assert.Equal((400, 400), (push.Status, heads.Status));
        court.AssertStated(PushPath, Who, nameof(MirrorVerdict.Malformed));
        court.AssertStated(CourtLink.HeadsPath, Who, nameof(MirrorVerdict.Malformed));
    }

    [Fact]
    public async Task NotesThatAreNotTheirOwners_AreLeftOut_AndTheRestIsTaken()
    {
        using var stranger = new EcdsaSigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var owner = court.History(2);
        owner.Append(7, "one");
        var origin = court.Epoch.Courts.Single(c => c.Origin == "log.c2.example/2026").Origin;
        using var client = court.Client(1);

        var answer = await OnlineCourt.ReadAsync(await OnlineCourt.SendAsync(client, CourtLink.HeadsPath, new KnownHeads(
            [new byte[] { 1, 2 }, new CheckpointSigner(origin, stranger).Sign(99, default), owner.NoteAt(owner.Size)], [new byte[] { 1 }]).Encode()));

        Assert.Equal(200, answer.Status);
        Assert.Equal(owner.Size, court.Services.GetRequiredService<CourtsBoard>().SizeOf(origin));
        court.AssertStated(CourtLink.HeadsPath, Who, "not their owners'");
    }

    [Fact]
    public async Task HeadThatSomebodyElseSignedWithThisCourtsKey_IsAnAlarmAndEvidence()
    {
        var thief = court.History(0);
        thief.Append(0, "thief");
        using var client = court.Client(1);

        await OnlineCourt.ReadAsync(await OnlineCourt.SendAsync(client, CourtLink.HeadsPath, new KnownHeads([thief.NoteAt(2)], []).Encode()));

        Assert.NotEmpty(court.Services.GetRequiredService<ICourtMemory>().ReadEvidence(court.Log.Origin));
        Assert.StartsWith(
            "Two histories are signed with this court's key", court.Services.GetRequiredService<HealthBoard>().Sentence("own log at other courts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FloodOfConnections_TakesNeitherConsoleNorSealsNorOtherCourts()
    {
        List<Socket> flood = [];
        try
        {
            for (var i = 0; i < 200; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                flood.Add(socket);
                socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.8"), 0));
                await socket.ConnectAsync(IPAddress.Parse(court.Port.Host), court.Port.Port, TestContext.Current.CancellationToken);
            }

            await AssertOthersAnswerAsync();
            using var honest = court.Client(1);
            using var heads = await OnlineCourt.SendAsync(honest, CourtLink.HeadsPath, new KnownHeads([], []).Encode());
            Assert.Equal(HttpStatusCode.OK, heads.StatusCode);
        }
        finally
        {
            flood.ForEach(s => s.Dispose());
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/api/courts")]
    [InlineData("/api/session")]
    [InlineData("/uplink/statements")]
    [InlineData("/verify/")]
    [InlineData("/courts/v1/other")]
    public async Task CourtsPort_AnswersNothingElse(string path)
    {
        using var client = court.Client(1);

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData(PushPath)]
    [InlineData(CourtLink.HeadsPath)]
    public async Task OtherPorts_KnowNothingOfCourts(string path)
    {
        using var console = new HttpClient { BaseAddress = court.Console };
        using var seals = UplinkClient();

        using var atConsole = await OnlineCourt.SendAsync(console, path, [1]);
        using var atSeals = await OnlineCourt.SendAsync(seals, path, [1]);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (atConsole.StatusCode, atSeals.StatusCode));
    }

    private async Task AssertOthersAnswerAsync()
    {
        using var console = new HttpClient { BaseAddress = court.Console };
        using var health = await console.GetAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.NotFound, health.StatusCode);
        using var seals = UplinkClient();
        using var authority = await seals.GetAsync(new Uri(UplinkClientEnrolment.AuthorityPath, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, authority.StatusCode);
    }

    private HttpClient UplinkClient() => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null },
    })
    {
        BaseAddress = court.Uplink,
    };

    /// <summary>What the mirror holds of court 1's log.</summary>
    private async Task<long> HeldAsync() => long.Parse((await court.PushAsync(court.Owner.Push(-1, court.Owner.Size))).Held!, null);

    /// <summary>What leads the mirror to court 1's newest head.</summary>
    private async Task<MirrorPush> NextAsync() => court.Owner.Push(await HeldAsync(), court.Owner.Size);
}
