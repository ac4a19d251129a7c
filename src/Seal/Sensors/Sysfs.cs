using System.Globalization;

namespace Cinnabar.Seal.Sensors;

/// <summary>Small attribute files of the kernel: one value, one line.</summary>
internal static class Sysfs
{
    /// <summary>An attribute is never longer than a page; a stand-in that is, is refused.</summary>
    private const int MaxBytes = 4_096;

    /// <exception cref="IOException">Missing, unreadable or endless; the message names the file, not its folder.</exception>
    public static string ReadText(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Span<byte> buffer = stackalloc byte[MaxBytes];
            var count = stream.ReadAtLeast(buffer, MaxBytes, throwOnEndOfStream: false);
            return count < MaxBytes
                ? System.Text.Encoding.UTF8.GetString(buffer[..count]).Trim()
                : throw new IOException($"{Path.GetFileName(path)} is too long");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new IOException($"{Path.GetFileName(path)} cannot be read", error);
        }
    }

    /// <exception cref="InvalidDataException">Not a whole number; the message quotes it.</exception>
    public static long ReadNumber(string path)
    {
        var text = ReadText(path);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidDataException($"{Path.GetFileName(path)} is '{text}', not a whole number");
    }

    /// <exception cref="InvalidDataException">Not a number; the message quotes it.</exception>
    public static double ReadDecimal(string path)
    {
        var text = ReadText(path);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new InvalidDataException($"{Path.GetFileName(path)} is '{text}', not a number");
    }

    public static void Write(string path, string value)
    {
        try
        {
            File.WriteAllText(path, value);
        }
        catch (Exception error) when (error is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new IOException($"{Path.GetFileName(path)} cannot be written", error);
        }
    }
}
