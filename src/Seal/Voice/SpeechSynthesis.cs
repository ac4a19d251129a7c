using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Cinnabar.Seal.Voice;

/// <summary>
/// Texts to sound with espeak-ng, kept in a folder by the hash of text and voice. Slow on purpose of
/// thoroughness: to be called ahead of an alarm, never in one. Safe for several threads and programs.
/// </summary>
internal sealed class SpeechSynthesis
{
    /// <summary>Peak after levelling: espeak-ng speaks quietly, and a door is loud.</summary>
    private const int Peak = 30_000;

    /// <summary>Below this peak the result counts as silence.</summary>
    private const int LeastPeak = 500;

    private readonly SpeechOptions _options;

    public SpeechSynthesis(SpeechOptions options)
    {
        if (options.Errors() is { Length: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        _options = options;
        Directory.CreateDirectory(options.CacheFolder);
    }

    /// <summary>Whether there is a voice for a language.</summary>
    public bool Speaks(string language) => _options.Voices.ContainsKey(language);

    /// <param name="id">Id of the clip; not part of the cache key.</param>
    /// <param name="language">A key of <see cref="SpeechOptions.Voices"/>.</param>
    /// <param name="text">The words, 1…2000 characters.</param>
    /// <exception cref="ArgumentException">Unknown language, or text empty or too long.</exception>
    /// <exception cref="IOException">espeak-ng is missing, failed, took too long or stayed silent.</exception>
    public PcmClip Synthesise(string id, string language, string text)
    {
        if (!_options.Voices.TryGetValue(language, out var voice))
        {
            throw new ArgumentException($"There is no voice for language '{language}'.", nameof(language));
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > 2_000)
        {
            throw new ArgumentException("A spoken text has 1…2000 characters.", nameof(text));
        }

        var path = Path.Combine(_options.CacheFolder, Key(voice, text) + ".pcm");
        if (Cached(path) is not { } samples)
        {
            samples = Levelled(Samples(Run(voice, text)));
            Store(path, samples);
        }

        return new PcmClip(id, samples);
    }

    private string Key(string voice, string text)
    {
        var input = $"1\n{voice}\n{_options.Speed}\n{PcmClip.Rate}\n{text}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input)));
    }

    private static short[]? Cached(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        // A torn or emptied file is no speech: made again.
        var bytes = File.ReadAllBytes(path);
        return bytes.Length == 0 || bytes.Length % 2 != 0 ? null : MemoryMarshal.Cast<byte, short>(bytes).ToArray();
    }

    private static void Store(string path, short[] samples)
    {
        var temporary = path + "." + Path.GetRandomFileName();
        File.WriteAllBytes(temporary, MemoryMarshal.AsBytes(samples.AsSpan()));
        File.Move(temporary, path, overwrite: true);
    }

    private byte[] Run(string voice, string text)
    {
        using var process = StartEspeak(voice);
        using var wave = new MemoryStream();
        using var watch = new Timer(static state => Kill((Process)state!), process, _options.Limit, Timeout.InfiniteTimeSpan);
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        try
        {
            process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(text));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It refused before reading; its exit code and last words say why.
        }

        process.StandardOutput.BaseStream.CopyTo(wave);
        process.WaitForExit();
        return process.ExitCode == 0
            ? wave.ToArray()
            : throw new IOException($"{_options.EspeakNg} failed with code {process.ExitCode} for voice {voice}: {errors.ToString().Trim()}");
    }

    private Process StartEspeak(string voice)
    {
        var start = new ProcessStartInfo(_options.EspeakNg)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments = ["-v", voice, "-s", $"{_options.Speed}", "-b", "1", "--stdin", "--stdout"];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start) ?? throw new IOException($"{_options.EspeakNg} did not start.");
        }
        catch (Win32Exception error)
        {
            throw new IOException($"{_options.EspeakNg} cannot be started ({error.Message}): install espeak-ng.", error);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It finished at the last moment.
        }
    }

    /// <summary>The samples of a WAV stream, whose sizes are not filled in because it went through a pipe.</summary>
    private static short[] Samples(byte[] wave)
    {
        var format = wave.AsSpan().IndexOf("fmt "u8);
        var data = wave.AsSpan().IndexOf("data"u8);
        if (format < 0 || data < format + 24)
        {
            throw new IOException("espeak-ng gave no WAV.");
        }

        var header = wave.AsSpan(format + 8);
        var channels = BitConverter.ToInt16(header[2..]);
        var rate = BitConverter.ToInt32(header[4..]);
        var bits = BitConverter.ToInt16(header[14..]);
        if (channels != 1 || rate != PcmClip.Rate || bits != 16)
        {
            throw new IOException($"espeak-ng gave {channels} channels of {bits} bits at {rate} Hz instead of 1 of 16 at {PcmClip.Rate}.");
        }

        var samples = wave.AsSpan(data + 8);
        return MemoryMarshal.Cast<byte, short>(samples[..(samples.Length & ~1)]).ToArray();
    }

    private static short[] Levelled(short[] samples)
    {
        var peak = samples.Length == 0 ? 0 : samples.Max(sample => Math.Abs((int)sample));
        if (peak < LeastPeak)
        {
            throw new IOException("espeak-ng stayed silent.");
        }

        return Array.ConvertAll(samples, sample => (short)(sample * Peak / peak));
    }
}
