namespace Cinnabar.Seal.Camera;

/// <summary>Measures of a small gray picture. Pure and deterministic.</summary>
internal static class GrayPicture
{
    internal const int Width = FfmpegArguments.GrayWidth;
    internal const int Height = FfmpegArguments.GrayHeight;
    internal const int Bytes = Width * Height;

    // Below this a difference is sensor noise and compression, not somebody at the door.
    private const int NoiseLevels = 10;

    /// <summary>Variance of the Laplacian: high for a sharp picture, low for a blurred or empty one.</summary>
    internal static double Sharpness(ReadOnlySpan<byte> gray)
    {
        long sum = 0, squares = 0;
        for (int y = 1; y < Height - 1; y++)
        {
            for (int x = 1; x < Width - 1; x++)
            {
                int i = (y * Width) + x;
                int edge = (4 * gray[i]) - gray[i - 1] - gray[i + 1] - gray[i - Width] - gray[i + Width];
                sum += edge;
                squares += (long)edge * edge;
            }
        }
        return Variance(sum, squares, (Width - 2) * (Height - 2));
    }

    /// <summary>Mean difference to <paramref name="baseline"/> in gray levels, what is below the noise left out; 0 to 255.</summary>
    internal static double Motion(ReadOnlySpan<byte> gray, ReadOnlySpan<byte> baseline)
    {
        long sum = 0;
        for (int i = 0; i < gray.Length; i++)
        {
            int difference = Math.Abs(gray[i] - baseline[i]);
            if (difference > NoiseLevels) sum += difference;
        }
        return (double)sum / gray.Length;
    }

    /// <summary>Standard deviation of the gray levels: near zero when the camera sees one even surface, or nothing.</summary>
    internal static double Contrast(ReadOnlySpan<byte> gray)
    {
        long sum = 0, squares = 0;
        foreach (byte level in gray)
        {
            sum += level;
            squares += level * level;
        }
        return Math.Sqrt(Variance(sum, squares, gray.Length));
    }

    /// <summary>The median of each pixel: what stays, without whoever passed by.</summary>
    internal static byte[] Median(IReadOnlyList<ReadOnlyMemory<byte>> pictures)
    {
        byte[] median = new byte[Bytes];
        byte[] levels = new byte[pictures.Count];
        for (int i = 0; i < Bytes; i++)
        {
            for (int k = 0; k < levels.Length; k++) levels[k] = pictures[k].Span[i];
            Array.Sort(levels);
            median[i] = levels[levels.Length / 2];
        }
        return median;
    }

    private static double Variance(long sum, long squares, int count)
    {
        double mean = (double)sum / count;
        return Math.Max(0, ((double)squares / count) - (mean * mean));
    }
}
