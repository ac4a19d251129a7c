using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Threading.Channels;

namespace Cinnabar.Seal.Voice;

/// <summary>
/// The seal's mouth: siren, the three dated warnings, and an officer's own words. Warnings are ready in
/// memory after <see cref="Prepare"/>; every other member returns at once.
/// </summary>
internal sealed class Speaker(AudioOutput output, VoiceTexts texts, SpeechSynthesis synthesis, ImmutableArray<string> languages)
{
    private readonly string[] _known =
        [.. texts.All.Select(text => text.Language).Distinct().Where(synthesis.Speaks).Order(StringComparer.Ordinal)];

    private volatile FrozenDictionary<int, PcmClip[]> _stages = FrozenDictionary<int, PcmClip[]>.Empty;
    private volatile string[] _languages = [.. languages];

    /// <summary>Raised when the warnings are to be prepared in other languages than before.</summary>
    public event Action? LanguagesChanged;

    /// <summary>Languages of the warnings in the order spoken, from the next <see cref="Prepare"/> on.</summary>
    public IReadOnlyList<string> Languages => _languages;

    /// <summary>What was played and when, and the player's health. One reader.</summary>
    public ChannelReader<AudioEvent> Events => output.Events;

    /// <summary>
    /// Synthesises all stages of this day in every language, or takes them from the cache, and speaks
    /// them from now on. To be called at start and at each change of date; takes seconds the first time.
    /// </summary>
    /// <exception cref="IOException">Synthesis failed; what was ready before stays ready.</exception>
    /// <exception cref="InvalidDataException">No text is in force for a stage and language on this day.</exception>
    public void Prepare(DateOnly day)
    {
        var spoken = _languages;
        var stages = new Dictionary<int, PcmClip[]>();
        for (var stage = 1; stage <= 3; stage++)
        {
            stages[stage] = [.. spoken.Select(language => Clip(stage, language, day))];
        }

        _stages = stages.ToFrozenDictionary();
    }

    /// <summary>Why the warnings cannot be spoken in these languages, as one sentence, or null.</summary>
    public string? RefusalOf(IReadOnlyList<string> wanted) =>
        wanted.Count == 0 ? "languages names none"
        : wanted.Count != wanted.Distinct().Count() ? "languages names one twice"
        : wanted.FirstOrDefault(language => !_known.Contains(language)) is { } unknown ? $"languages: {unknown} is not spoken here, only {string.Join(' ', _known)}"
        : null;

    /// <summary>Speaks in these languages once they are prepared; what is ready is spoken until then.</summary>
    /// <param name="wanted">Those of the configuration when null.</param>
    public void SpeakIn(IReadOnlyList<string>? wanted)
    {
        string[] next = [.. wanted ?? languages];
        if (!next.SequenceEqual(_languages))
        {
            _languages = next;
            LanguagesChanged?.Invoke();
        }
    }

    /// <param name="loudness">In % of full scale, 0…100.</param>
    public void Siren(bool on, int loudness = 100) => output.SetSiren(on, loudness);

    /// <summary>Speaks the warning of stage 1…3; false when it is not ready, or as urgent a warning is being spoken.</summary>
    /// <param name="loudness">In % of full scale, 0…100.</param>
    public bool Speak(int stage, int loudness = 100) => _stages.TryGetValue(stage, out var clips) && output.Say(stage, clips, loudness);

    /// <summary>An officer's voice, above every warning; false when too many wait.</summary>
    public bool Say(PcmClip clip) => output.Say(AudioMixer.TalkPriority, [clip]);

    /// <summary>An officer's words, synthesised beside the caller and then spoken; false when too many wait.</summary>
    /// <exception cref="ArgumentException">Unknown language, or text empty or too long.</exception>
    /// <exception cref="IOException">Synthesis failed.</exception>
    public async Task<bool> SayAsync(string text, string language) =>
        Say(await Task.Run(() => synthesis.Synthesise("talk", language, text)));

    public void StopVoice() => output.StopVoice();

    private PcmClip Clip(int stage, string language, DateOnly day)
    {
        var text = texts.Find(stage, language, day)
            ?? throw new InvalidDataException($"No voice text for stage {stage} in '{language}' is in force on {day:O}.");
        return synthesis.Synthesise(text.Id, language, text.Text);
    }
}
