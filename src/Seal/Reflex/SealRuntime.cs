using System.Reflection;
using System.Security.Cryptography;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Seal.Camera;
using Cinnabar.Seal.Commands;
using Cinnabar.Seal.Custody;
using Cinnabar.Seal.Journal;
using Cinnabar.Seal.Keys;
using Cinnabar.Seal.Outbox;
using Cinnabar.Seal.Voice;
using Cinnabar.Uplink;

namespace Cinnabar.Seal.Reflex;

/// <summary>The seal at work: builds its parts, joins them, runs until told to stop, and takes them down in the other order.</summary>
internal sealed class SealRuntime : IAsyncDisposable
{
    private readonly SealOptions _options;
    private readonly TimeProvider _time;
    private readonly SealLog _log;
    private readonly ECDsa _key;
    private readonly PinnedCourt _court;
    private readonly DeviceJournal _journal;
    private readonly StatementChainWriter _chain;
    private readonly AudioOutput _audio;
    private readonly VoiceTexts _texts = VoiceTexts.Shipped();
    private readonly Speaker _speaker;
    private readonly DoorReflex _reflex;
    private readonly DoorCamera? _camera;
    private readonly UplinkClient _client;
    private readonly DoorSensors _sensors;
    private readonly StatementWindow _window;
    private readonly PictureStore _pictures;
    private readonly RecordedVideo _recorded;
    private readonly LaneIdentity _identity;
    private readonly LaneTiming _timing;
    private readonly long _streamBase;
    private bool _cameraEnded;

    /// <exception cref="KeyRefusedException">Key or pinned documents are missing, malformed or not private.</exception>
    /// <exception cref="IOException">The state folder cannot be used at all.</exception>
    public SealRuntime(SealOptions options, TimeProvider time, SealLog log)
    {
        (_options, _time, _log) = (options, time, log);
        _key = KeyFolder.Load(options.Keys);
        _court = PinnedCourt.Load(options.Keys, _key, options.Device, options.Seal);
        _journal = DeviceJournal.Open(Path.Combine(options.State, "journal"), options.Journal, time);
        var boot = RandomNumberGenerator.GetBytes(StatementChain.BootBytes);
        _identity = new LaneIdentity(options.Device, boot, "cinnabar-seal " + Version);
        _chain = new StatementChainWriter(_journal, new EcdsaSigningKey(_key), options.Device, options.Seal, boot, time);
        _audio = new AudioOutput(options.Audio, time);
        _speaker = new Speaker(_audio, _texts, new SpeechSynthesis(options.Speech!), options.Languages);
        _reflex = new DoorReflex(_speaker, options.Camera is not null, time);
        _camera = options.Camera is null ? null : new DoorCamera(options.Camera, time);
        _sensors = new DoorSensors(options, time, _reflex);
        _client = new UplinkClient(options.StationAddress, _court.Certificate, _court.Authority, options.Uplink, time);
        _timing = new LaneTiming(options.Uplink, Random.Shared.NextDouble, time);
        _window = new StatementWindow(_journal, options.Uplink.UnacknowledgedMax, time);
        _pictures = new PictureStore(Path.Combine(options.State, "pictures"), time);
        _recorded = new RecordedVideo(options.RecordMebibytes * 1024L * 1024);

        // The camera counts its starts from 1 at every boot; seconds of the start above them keep streams apart.
        _streamBase = time.GetUtcNow().ToUnixTimeSeconds() * 1000;
    }

    private static string Version => typeof(SealRuntime).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Guards the door until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var statements = new StatementLane(_client, _identity, _journal, _timing, _window, HeartbeatState);
        using var media = new MediaLane(
            _client, _identity, _journal, _timing, new MediaSources(_window, _pictures, _recorded), _streamBase, () => _camera?.Subscribe());
        var commands = Commands(media);
        var signer = new FactSigner(_reflex.Facts, _chain, _journal, _log, _time);
        var voice = new VoiceLog(_speaker, _texts, _reflex, _chain, _log);
        statements.Sent += signer.OnSent;
        statements.Drained += media.Wake;
        statements.Commanded += commands.Receive;
        statements.Said += _log.Say;
        media.Said += _log.Say;

        commands.Resume();
        var (posture, condition) = (_reflex.Posture.ToString().ToLowerInvariant(), _journal.Condition.ToString().ToLowerInvariant());
        _chain.State("device.started", CborValue.Map(
            ("version", CborValue.Text(Version)), ("journal", CborValue.Text(condition)), ("posture", CborValue.Text(posture))));
        _audio.Start();
        var signing = StartThread("signer", signer.Run);
        using var preparer = new VoicePreparer(_speaker, () => _reflex.Today, voice, _log);
        List<Task> work = [voice.RunAsync()];
        var filming = _camera is null ? null : StartCamera(_camera, media, work, cancellationToken);
        _sensors.Start();
        work.AddRange([preparer.RunAsync(cancellationToken), commands.RunAsync(cancellationToken), statements.RunAsync(cancellationToken), media.RunAsync(cancellationToken)]);
        _log.Say($"cinnabar-seal ready device={_options.Device} boot={Convert.ToHexStringLower(_identity.Boot.Span)} journal={condition} posture={posture}");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        _sensors.Dispose();
        _reflex.Dispose();
        signing.Join();
        filming?.Join();
        _audio.Dispose();
        await EndCameraAsync();
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _log.Say("stopped");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _sensors.Dispose();
        _audio.Dispose();
        await EndCameraAsync();
        _client.Dispose();
        _journal.Dispose();
        _court.Dispose();
        _key.Dispose();
    }

    private async Task EndCameraAsync()
    {
        if (_camera is not null && !_cameraEnded)
        {
            _cameraEnded = true;
            await _camera.DisposeAsync();
        }
    }

    private static Thread StartThread(string name, ThreadStart run)
    {
        var thread = new Thread(run) { IsBackground = true, Name = name, Priority = ThreadPriority.AboveNormal };
        thread.Start();
        return thread;
    }

    private CommandDesk Commands(MediaLane media)
    {
        var seen = SeenCommands.Open(Path.Combine(_options.State, "seen"));
        var gate = new CommandGate(_court.CommandKey, _court.Code, _options.Device, _options.Seal, seen);
        var hands = new CommandHands(_reflex, _speaker, _camera is not null, media.SwitchLive, _time);
        return new CommandDesk(gate, new StandingOrders(Path.Combine(_options.State, "orders")), hands, _chain, _journal, _log, _time);
    }

    private Thread StartCamera(DoorCamera camera, MediaLane media, List<Task> work, CancellationToken cancellationToken)
    {
        var recorder = new EventRecorder(camera, _recorded, _chain, _streamBase, TimeSpan.FromSeconds(_options.RecordSeconds), _time)
        {
            IsWatched = () => media.IsLive,
        };
        recorder.Advanced += recording =>
        {
            media.SetRecording(recording);
            media.Wake();
        };
        var desk = new CameraDesk(_reflex.CameraOrders, camera, recorder, _chain, _pictures, _log, _time);
        desk.PictureReady += media.Wake;
        work.AddRange([recorder.FollowAsync(cancellationToken), recorder.SignManifestsAsync(cancellationToken), desk.WatchHealthAsync(cancellationToken)]);
        return StartThread("camera", desk.Run);
    }

    private CborValue HeartbeatState()
    {
        var health = _sensors.Supply;
        return CborValue.Map(
            ("armed", CborValue.Boolean(_reflex.Posture is Posture.Armed or Posture.Opening)),
            ("battery", health.BatteryPercent is { } percent ? CborValue.Integer(percent) : null),
            ("mains", health.Mains is { } mains ? CborValue.Boolean(mains) : null),
            ("camera", CborValue.Text(_camera?.Health.State.ToString().ToLowerInvariant() ?? "none")),
            ("journal", CborValue.Text(_journal.Failure ?? "ok")),
            ("disk_bytes", CborValue.Integer(_journal.BytesWritten)),
            ("backlog", CborValue.Integer(_window.Backlog)));
    }
}
