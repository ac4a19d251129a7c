using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cose;
using Cinnabar.Seal.Camera;
using Cinnabar.Seal.Journal;
using Cinnabar.Seal.Outbox;
using Cinnabar.Seal.Tests.Camera;
using Cinnabar.Seal.Tests.EndToEnd;
using Cinnabar.Seal.Tests.Journal;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Tests.Outbox;

/// <summary>The media lane over real TLS and a real WebSocket.</summary>
public sealed class MediaLaneTests : IAsyncLifetime
{
    private const long StreamBase = 5_000;

    private static readonly IReadOnlyList<VideoFragment> s_source = Recording.Fragments();

    private readonly TestCourt _court = new();
    private readonly TestChain _chain = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly RecordedVideo _recorded = new(long.MaxValue);
    private readonly LiveFeed _feed = new(new FragmentRing(TimeProvider.System, TimeSpan.FromSeconds(20), 64 * 1024 * 1024), 64);
    private TestStation _station = null!;
    private X509Certificate2 _certificate = null!;
    private UplinkClient _client = null!;
    private DeviceJournal _journal = null!;
    private StatementWindow _window = null!;
    private PictureStore _pictures = null!;
    private MediaLane _lane = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _station = await TestStation.StartAsync(_court, TestSeal.Number);
        _certificate = Certificate();
        var limits = new UplinkLimits { ReconnectFirst = TimeSpan.FromMilliseconds(20), ReconnectMax = TimeSpan.FromMilliseconds(50) };
        _client = new UplinkClient(new Uri(_station.Address), _certificate, _court.Authority, limits, TimeProvider.System);
        _journal = DeviceJournal.Open(Path.Combine(_chain.Folder, "journal"), new JournalOptions(), TimeProvider.System);
        _window = new StatementWindow(_journal, limits.UnacknowledgedMax, TimeProvider.System);
        _pictures = new PictureStore(Path.Combine(_chain.Folder, "pictures"), TimeProvider.System);
        _lane = new MediaLane(
            _client, new LaneIdentity(TestSeal.Device, new byte[8], "test"), _journal, new LaneTiming(limits, () => 0.5, TimeProvider.System),
            new MediaSources(_window, _pictures, _recorded), StreamBase, _feed.Subscribe);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lane.Dispose();
        _journal.Dispose();
        _client.Dispose();
        _certificate.Dispose();
        await _station.DisposeAsync();
        _chain.Dispose();
        _court.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task LinkCutInTheMiddle_EveryFragmentArrives_AndWhatWasConfirmedOnlyOnce()
    {
        // The station confirms the first ten, takes in others, and is cut off.
        _station.Keeps = fragment => fragment.Index <= 10;
        Add(60);
        _running = _lane.RunAsync(_stop.Token);
        await TestStation.WaitAsync(() => Frames().Any(f => f.Index > 20), "fragments");
        await TestStation.WaitAsync(() => _recorded.Held == 50, "ten confirmations");
        _station.Keeps = _ => true;
        _station.Drop();
        await TestStation.WaitAsync(() => _recorded.Held == 0, "every confirmation");

        Assert.Equal(Enumerable.Range(1, 60).Select(i => (long)i), Frames().Select(f => f.Index).Distinct());
        Assert.All(Frames(), f => Assert.Equal((StreamBase + 1, Digest.Of(s_source[(int)f.Index - 1].Bytes.Span)), (f.Stream, Digest.Of(f.Data.Span))));
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), Frames().Select(f => f.Index).Where(i => i <= 10));
        Assert.Equal(2, _station.Media.OfType<StreamMessage>().Count());

        // A third connection has nothing left to send but what is new.
        var (all, hellos) = (Frames().Count(), _station.Hellos.Count);
        _station.Drop();
        await TestStation.WaitAsync(() => _station.Hellos.Count > hellos, "the next connection");
        Add(1, from: 60);
        await TestStation.WaitAsync(() => _recorded.Held == 0, "the last confirmation");
        Assert.Equal(all + 1, Frames().Count());
    }

    [Fact]
    public async Task AllThreeWaiting_PicturesGoFirst_ThenTheRecording_ThenTheLivePicture()
    {
        // A statement that waits holds the lane still until all three kinds are there.
        _journal.Append(1, _chain[1].Bytes, _chain[1].Hash, urgent: true);
        Assert.True(_journal.WaitDurable(1, TimeSpan.FromSeconds(20)));
        _running = _lane.RunAsync(_stop.Token);
        await _station.SendMediaAsync(new LiveMessage(true));
        await TestStation.WaitAsync(() => _lane.IsLive, "the live picture switched on");
        foreach (var fragment in s_source.Skip(45).Take(3))
        {
            _feed.Publish(fragment);
        }

        Add(5);
        foreach (var picture in (byte[][])[[1], [2]])
        {
            _pictures.Add(Digest.Of(picture), picture);
        }

        Assert.Empty(_station.Media);
        _window.Open(1);
        _lane.Wake();
        await TestStation.WaitAsync(() => Frames().Count(f => !f.Flags.HasFlag(FragmentMarks.Recorded)) == 3, "the live picture");

        string[] order = [.. _station.Media.Select(message => message switch
        {
            PictureMessage => "picture",
            FragmentMessage f when f.Flags.HasFlag(FragmentMarks.Init) => "init",
            FragmentMessage f => f.Flags.HasFlag(FragmentMarks.Recorded) ? "recorded" : "live",
            _ => "stream",
        })];
        Assert.Equal(["picture", "picture", "stream", "init", "recorded", "recorded", "recorded", "recorded", "recorded", "live", "live", "live"], order);
    }

    private IEnumerable<FragmentMessage> Frames() => _station.Media.OfType<FragmentMessage>().Where(f => !f.Flags.HasFlag(FragmentMarks.Init));

    private void Add(int count, int from = 0)
    {
        foreach (var fragment in s_source.Skip(from).Take(count))
        {
            _recorded.Add(fragment);
        }

        _lane.Wake();
    }

    private X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest("CN=" + TestSeal.Device, key, HashAlgorithmName.SHA256).CreateSigningRequest();
        var answer = _court.Enrol(new EnrolRequest("code", csr, TestSeal.Device, CoseKey.From(key)), TestSeal.Number);
        using var bare = X509CertificateLoader.LoadCertificate(answer.Certificate.Span);
        using var withKey = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
