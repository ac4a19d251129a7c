using System.Collections.Immutable;

namespace Cinnabar.Seal.Voice;

/// <summary>How warnings become sound, ahead of time.</summary>
internal sealed record SpeechOptions
{
    /// <summary>Folder of synthesised PCM, one file a text; created when missing, may be deleted at any time.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>The synthesiser; a path or a name found on PATH.</summary>
    public string EspeakNg { get; init; } = "espeak-ng";

    /// <summary>
    /// espeak-ng voice by language. Mandarin must be <c>cmn-latn-pinyin</c>: the plain <c>cmn</c> voice of
    /// espeak-ng 1.51 turns characters into pinyin and then reads the pinyin as English words.
    /// </summary>
    public ImmutableDictionary<string, string> Voices { get; init; } =
        ImmutableDictionary<string, string>.Empty.Add("zh", "cmn-latn-pinyin").Add("en", "en");

    /// <summary>Words a minute, 80…300.</summary>
    public int Speed { get; init; } = 165;

    /// <summary>How long one synthesis may take, 1…120 s.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Every rule broken, each as one sentence; empty when valid.</summary>
    public ImmutableArray<string> Errors()
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        if (CacheFolder.Length == 0 || EspeakNg.Length == 0 || Voices.IsEmpty)
        {
            errors.Add("CacheFolder, EspeakNg and Voices must not be empty");
        }

        if (Speed is < 80 or > 300)
        {
            errors.Add($"Speed is {Speed}, allowed 80…300 words a minute");
        }

        if (Limit < TimeSpan.FromSeconds(1) || Limit > TimeSpan.FromSeconds(120))
        {
            errors.Add($"Limit is {Limit.TotalSeconds} s, allowed 1…120 s");
        }

        return errors.ToImmutable();
    }
}
