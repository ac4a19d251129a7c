namespace Cinnabar.Seal.Camera;

/// <summary>
/// Chooses the pictures that show somebody best: sharpness × motion, motion being the difference to the scene before the
/// trigger. Pure: the same frames give the same choice, so that a choice can be checked later.
/// </summary>
internal static class StillChooser
{
    /// <summary>Start of the window, from the trigger.</summary>
    internal const int FromMs = -2000;

    /// <summary>End of the window, from the trigger.</summary>
    internal const int ToMs = 3000;

    /// <summary>Most pictures chosen.</summary>
    internal const int PicturesMax = 3;

    /// <summary>Least time between two chosen pictures: three of one instant tell no more than one.</summary>
    internal const int SpacingMs = 400;

    private const int BaselineFramesMax = 9;

    // Keeps the order of sharpness where nothing moved at all.
    private const double MotionFloor = 0.01;

    /// <summary>Indices of the frames in the window, best score first; of equals the one nearer the trigger, then the earlier.</summary>
    internal static IReadOnlyList<int> Rank(IReadOnlyList<StillCandidate> frames)
    {
        byte[]? baseline = Baseline(frames);
        return
        [
            .. Enumerable.Range(0, frames.Count)
                .Where(i => frames[i].OffsetMs is >= FromMs and <= ToMs)
                .Select(i => (Index: i, Score: Score(frames[i].Gray.Span, baseline)))
                .OrderByDescending(f => f.Score)
                .ThenBy(f => Math.Abs(frames[f.Index].OffsetMs))
                .ThenBy(f => frames[f.Index].OffsetMs)
                .ThenBy(f => f.Index)
                .Select(f => f.Index),
        ];
    }

    /// <summary>Indices of the best frames, best first, at least <see cref="SpacingMs"/> apart.</summary>
    internal static IReadOnlyList<int> Choose(IReadOnlyList<StillCandidate> frames)
    {
        List<int> chosen = [];
        foreach (int i in Rank(frames))
        {
            if (chosen.Count == PicturesMax) break;
            if (chosen.TrueForAll(c => Math.Abs(frames[c].OffsetMs - frames[i].OffsetMs) >= SpacingMs)) chosen.Add(i);
        }
        return chosen;
    }

    private static double Score(ReadOnlySpan<byte> gray, byte[]? baseline)
    {
        double sharpness = GrayPicture.Sharpness(gray);
        return baseline is null ? sharpness : sharpness * (MotionFloor + GrayPicture.Motion(gray, baseline));
    }

    // The scene before the window; after a cold start there is none, and sharpness alone decides.
    private static byte[]? Baseline(IReadOnlyList<StillCandidate> frames)
    {
        List<ReadOnlyMemory<byte>> before =
            [.. frames.Where(f => f.OffsetMs < FromMs).OrderByDescending(f => f.OffsetMs).Take(BaselineFramesMax).Select(f => f.Gray)];
        return before.Count == 0 ? null : GrayPicture.Median(before);
    }
}
