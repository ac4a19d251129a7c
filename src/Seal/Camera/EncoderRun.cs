namespace Cinnabar.Seal.Camera;

/// <summary>One start of ffmpeg, from its first byte to its end: one stream id, one init segment. Stop and Kill may come from any thread.</summary>
internal sealed class EncoderRun : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CameraOptions _options;
    private readonly uint _streamId;
    private readonly TimeProvider _time;
    private readonly Action<VideoFragment> _onFragment;
    private readonly Action<StillFrame> _onStill;
    private FfmpegProcess? _process;
    private FragmentWriter? _writer;
    private AvcConfiguration? _configuration;
    private string? _ending;
    private long _lastFrame;
    private int _frames;
    private volatile bool _stopWanted;

    internal EncoderRun(
        CameraOptions options, uint streamId, TimeProvider time, Action<VideoFragment> onFragment, Action<StillFrame> onStill)
    {
        _options = options;
        _streamId = streamId;
        _time = time;
        _onFragment = onFragment;
        _onStill = onStill;
        _lastFrame = time.GetTimestamp();
    }

    /// <summary>True once somebody asked for the end, which then is no failure.</summary>
    internal bool StopWanted => _stopWanted;

    /// <summary>ffmpeg's process id while it runs, else 0.</summary>
    internal int ProcessId
    {
        get
        {
            lock (_gate) return _process?.Id ?? 0;
        }
    }

    /// <summary>Runs until ffmpeg ends, is stopped or sends what we refuse; returns why. Blocks the calling thread.</summary>
    internal string Execute()
    {
        CameraSource? source = CameraSource.Resolve(_options, out string? problem);
        if (source is null) return problem!;
        using StillSockets sockets = new();
        using CancellationTokenSource ended = new();
        FfmpegProcess process;
        lock (_gate)
        {
            if (_stopWanted) return "stopped";
            process = _process = FfmpegProcess.Start(
                _options.FfmpegPath, FfmpegArguments.For(_options, source, sockets), StreamAddress.Of(_options.Source));
        }
        Task stills = ReadStillsAsync(sockets, ended.Token);
        try
        {
            ReadVideo(process.Video);
        }
        catch (MediaFormatException e)
        {
            Kill($"video refused: {e.Message}");
        }
        string ending = process.Ending();
        ended.Cancel();
        stills.Wait(CancellationToken.None);
        lock (_gate) return _ending ?? ending;
    }

    /// <summary>Kills a run that gives no frame for too long. Called every now and then.</summary>
    internal void CheckStall()
    {
        TimeSpan silence = _time.GetElapsedTime(Interlocked.Read(ref _lastFrame));
        bool started = Volatile.Read(ref _frames) > 0;
        TimeSpan limit = started ? _options.StallLimit : _options.StartLimit;
        if (silence <= limit) return;
        Kill(started ? $"no frame for {limit.TotalSeconds:0.#} s" : $"no first frame within {limit.TotalSeconds:0.#} s of the start");
    }

    /// <summary>Asks for an orderly end; may block for a second.</summary>
    internal void Stop()
    {
        FfmpegProcess? process;
        lock (_gate)
        {
            _stopWanted = true;
            process = _process;
        }
        process?.Stop();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _process?.Dispose();
            _process = null;
        }
    }

    private void Kill(string reason)
    {
        lock (_gate)
        {
            _ending ??= reason;
            _process?.Kill();
        }
    }

    private void ReadVideo(Stream video)
    {
        FlvReader reader = new();
        byte[] buffer = new byte[64 * 1024];
        int count;
        while ((count = video.Read(buffer)) > 0)
        {
            reader.Append(buffer.AsSpan(0, count));
            while (reader.Read() is { } tag) Take(tag);
        }
    }

    private void Take(FlvTag tag)
    {
        if (tag.Kind == FlvTagKind.Configuration)
        {
            _configuration = AvcConfiguration.Parse(tag.Data.Span);
            return;
        }
        CaptureTime captured = CaptureTime.Now(_time);
        if (_writer is null)
        {
            // FlvReader lets no frame pass before the configuration.
            VideoStream stream = new(_streamId, _configuration!, captured);
            _writer = new(stream, _options.FramesPerSecond);
            _onFragment(stream.Init);
        }
        Interlocked.Exchange(ref _lastFrame, captured.Monotonic);
        Interlocked.Increment(ref _frames);
        _onFragment(_writer.Cut(tag, captured));
    }

    private async Task ReadStillsAsync(StillSockets sockets, CancellationToken cancellationToken)
    {
        try
        {
            await new StillAssembler(_streamId, _time, _onStill).RunAsync(sockets, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // ffmpeg ended before it connected, or the run is over.
        }
        catch (Exception e) when (e is MediaFormatException or System.Net.Sockets.SocketException)
        {
            Kill($"stills refused: {e.Message}");
        }
    }
}
