using Cinnabar.Seal.Outbox;
using Cinnabar.Seal.Voice;

namespace Cinnabar.Seal.Reflex;

/// <summary>Has the warnings ready in memory: at the start, when the date has changed, and when the court wants other languages.</summary>
/// <remarks>Takes seconds and fails by itself: what was ready before is spoken meanwhile.</remarks>
internal sealed class VoicePreparer : IDisposable
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMinutes(10);

    private readonly Speaker _speaker;
    private readonly Func<DateOnly> _today;
    private readonly VoiceLog _voice;
    private readonly SealLog _log;
    private readonly Pulse _changed = new();

    /// <param name="today">The date at the door.</param>
    public VoicePreparer(Speaker speaker, Func<DateOnly> today, VoiceLog voice, SealLog log)
    {
        (_speaker, _today, _voice, _log) = (speaker, today, voice, log);
        speaker.LanguagesChanged += _changed.Set;
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        (DateOnly Day, string Languages)? prepared = null;
        var told = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            var wanted = (_today(), string.Join(' ', _speaker.Languages));
            if (prepared != wanted)
            {
                try
                {
                    await Task.Run(() => _speaker.Prepare(wanted.Item1), cancellationToken);
                    prepared = wanted;
                    told = false;
                    _log.Say($"voice prepared day={wanted.Item1:O} languages=\"{wanted.Item2}\"");
                    continue;
                }
                catch (Exception e) when (e is IOException or InvalidDataException or ArgumentException)
                {
                    _log.Say($"voice not prepared: {e.Message}");
                    if (!told)
                    {
                        told = true;
                        _voice.StateFault(e.Message);
                    }
                }
            }

            await _changed.WaitAsync(s_lookAgain, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        _speaker.LanguagesChanged -= _changed.Set;
        _changed.Dispose();
    }
}
