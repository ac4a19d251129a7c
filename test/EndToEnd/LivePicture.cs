using System.Text.Json;
using Microsoft.Playwright;

namespace Cinnabar.EndToEnd;

/// <summary>What the pixels of a playing video element show of the drawn door (samples/Demo/DoorScene.cs).</summary>
/// <param name="TimecodeMs">The 24 squares along the top edge: Unix milliseconds modulo 2^24.</param>
/// <param name="Brightness">Brightness, 0 to 255, where a figure's coat is when somebody stands at the door.</param>
internal sealed record LivePicture(int TimecodeMs, double Brightness, int Width)
{
    private const int Modulus = 1 << 24;

    private const string Read = """
        (video) => {
          if (video.videoWidth === 0) return null;
          const canvas = document.createElement('canvas');
          const width = canvas.width = video.videoWidth, height = canvas.height = video.videoHeight;
          const pen = canvas.getContext('2d');
          pen.drawImage(video, 0, 0);
          const light = (x, y) => { const [r, g, b] = pen.getImageData(Math.floor(x), Math.floor(y), 1, 1).data; return 0.3 * r + 0.6 * g + 0.1 * b; };
          let timecodeMs = 0;
          for (let bit = 0; bit < 24; bit++) timecodeMs = timecodeMs * 2 + (light((bit + 0.5) * width / 24, height / 28) > 128 ? 1 : 0);
          let brightness = 0;
          for (let i = 0; i < 9; i++) brightness += light(width * 0.46 + (i % 3) * 4, height * 0.835 + Math.floor(i / 3) * 2) / 9;
          return JSON.stringify({ timecodeMs, brightness, width });
        }
        """;

    /// <summary>Milliseconds between the moment that was drawn and now.</summary>
    public int AgeMs => (int)(((DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - TimecodeMs) % Modulus + Modulus) % Modulus);

    /// <summary>The moment that was drawn lies before this one, and by less than half the time after which the squares repeat (2.3 h).</summary>
    public bool IsBefore(long unixMs) => (unixMs - TimecodeMs & (Modulus - 1)) is > 0 and < Modulus / 2;

    public static async Task<LivePicture?> ReadAsync(ILocator video) =>
        await video.EvaluateAsync<string?>(Read) is { } json ? JsonSerializer.Deserialize<LivePicture>(json, JsonSerializerOptions.Web) : null;

    /// <summary>Waits for a picture that fits.</summary>
    public static async Task<LivePicture> WaitAsync(ILocator video, Func<LivePicture, bool> fits, string what)
    {
        LivePicture? seen = null;
        await SealedCourt.UntilAsync(async () => (seen = await ReadAsync(video)) is not null && fits(seen), what);
        return seen!;
    }
}
