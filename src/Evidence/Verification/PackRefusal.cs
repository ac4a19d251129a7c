namespace Cinnabar.Evidence.Verification;

/// <summary>Carries a verdict out of a step; never leaves <see cref="PackVerifier"/>.</summary>
internal sealed class PackRefusal(PackVerdict verdict, string detail) : Exception(detail)
{
    public PackVerdict Verdict { get; } = verdict;

    public static void Require([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, PackVerdict verdict, string detail)
    {
        if (!holds)
        {
            throw new PackRefusal(verdict, detail);
        }
    }
}
