using System.Diagnostics;

namespace Cinnabar.Seal.Tests.Camera;

/// <summary>Runs the real ffmpeg and ffprobe over bytes.</summary>
internal static class Ffmpeg
{
    internal static byte[] Run(string[] arguments, byte[]? input = null) => Run("ffmpeg", ["-v", "error", "-nostdin", .. arguments], input);

    /// <summary>Decodes every frame, strictly, and returns how many there were; fails on any complaint of ffmpeg's.</summary>
    internal static int CountFrames(byte[] video)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, video);
            Run(["-err_detect", "explode", "-i", path, "-f", "null", "-"]);
            byte[] count = Run("ffprobe", ["-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path], null);
            return int.Parse(System.Text.Encoding.ASCII.GetString(count).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(path);
        }
    }

    internal static byte[] Run(string program, string[] arguments, byte[]? input, bool keepErrors = false)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task feed = Task.Run(async () =>
        {
            if (input is not null) await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        });
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        feed.Wait();
        Assert.Equal(0, process.ExitCode);
        if (keepErrors) return System.Text.Encoding.UTF8.GetBytes(errors.Result);
        Assert.Equal("", errors.Result);
        return output.ToArray();
    }
}
