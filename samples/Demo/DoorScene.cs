namespace Cinnabar.Demo;

/// <summary>A synthetic door as a camera would see it: wall, door, seal banner, a figure when there is one, and the time.</summary>
/// <remarks>
/// The time is drawn as 24 squares along the top edge, white for one, the most significant bit first: milliseconds since
/// 1970-01-01 UTC modulo 2^24. A player's pixels give it back, and with it the delay from glass to glass.
/// </remarks>
public sealed class DoorScene(int width, int height)
{
    public const int TimecodeBits = 24;

    private const byte Black = 16;
    private const byte White = 235;

    private readonly byte[] _frame = new byte[width * height * 3 / 2];

    /// <summary>Somebody stands at the door.</summary>
    public bool FigurePresent { get; set; }

    /// <summary>Draws one frame.</summary>
    /// <param name="timeMs">Milliseconds since 1970-01-01 UTC.</param>
    /// <returns>Planar YUV 4:2:0, valid until the next call.</returns>
    public ReadOnlyMemory<byte> Draw(long timeMs)
    {
        Fill(0, 0, width, height, 120, 122, 132);                                  // wall
        Fill(width * 38 / 100, height * 16 / 100, width * 24 / 100, height * 84 / 100, 80, 118, 150); // door
        Fill(width * 58 / 100, height * 56 / 100, width * 2 / 100, height * 4 / 100, 190, 110, 145);  // handle
        Fill(width * 36 / 100, height * 42 / 100, width * 28 / 100, height * 9 / 100, 200, 120, 135); // banner
        Fill(width * 47 / 100, height * 43 / 100, width * 6 / 100, height * 7 / 100, 90, 100, 210);   // emblem
        if (FigurePresent)
        {
            DrawFigure(timeMs);
        }

        for (var bit = 0; bit < TimecodeBits; bit++)
        {
            var one = (timeMs >> (TimecodeBits - 1 - bit) & 1) == 1;
            var left = bit * width / TimecodeBits;
            Fill(left, 0, ((bit + 1) * width / TimecodeBits) - left, height / 14, one ? White : Black, 128, 128);
        }

        return _frame;
    }

    // Sways, so that motion detection has something to see, and reaches for the banner.
    private void DrawFigure(long timeMs)
    {
        var sway = (int)(Math.Sin(timeMs / 300.0) * width * 0.03);
        var centre = (width * 46 / 100) + sway;
        Ellipse(centre, height * 34 / 100, width * 4 / 100, height * 9 / 100, 150, 110, 150);
        Ellipse(centre, height * 72 / 100, width * 8 / 100, height * 30 / 100, 40, 140, 118);
        Fill(centre, height * 46 / 100, width * 12 / 100, height * 5 / 100, 48, 140, 118);
        for (var stripe = 0; stripe < 6; stripe++)
        {
            Fill(centre - (width * 5 / 100), height * (56 + (stripe * 6)) / 100, width * 10 / 100, Math.Max(2, height / 100), 150, 128, 128);
        }
    }

    private void Ellipse(int centreX, int centreY, int radiusX, int radiusY, byte y, byte u, byte v)
    {
        for (var dy = -radiusY; dy <= radiusY; dy++)
        {
            var half = (int)(radiusX * Math.Sqrt(1 - ((double)dy * dy / ((double)radiusY * radiusY))));
            Fill(centreX - half, centreY + dy, half * 2, 1, y, u, v);
        }
    }

    private void Fill(int left, int top, int wide, int high, byte y, byte u, byte v)
    {
        var right = Math.Clamp(left + wide, 0, width);
        var bottom = Math.Clamp(top + high, 0, height);
        left = Math.Clamp(left, 0, width);
        for (var row = Math.Max(top, 0); row < bottom; row++)
        {
            _frame.AsSpan((row * width) + left, right - left).Fill(y);
            var chroma = (width * height) + (row / 2 * (width / 2)) + (left / 2);
            var chromaWide = (right / 2) - (left / 2);
            _frame.AsSpan(chroma, chromaWide).Fill(u);
            _frame.AsSpan(chroma + (width * height / 4), chromaWide).Fill(v);
        }
    }
}
