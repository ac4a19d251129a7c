using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Verification;

public sealed class PackVerifierTests
{
    private readonly SampleCase _case = new();

    [Fact]
    public void The_whole_case_pinned_is_valid_in_every_step()
    {
        var report = Verify(_case.Pack(), CourtRoster.Of(_case.Court.Genesis));

        Assert.Equal((PackVerdict.Valid, ""), (report.Verdict, report.Detail));
        Assert.All(report.Steps, s => Assert.Equal(PackStepOutcome.Passed, s.Outcome));
        Assert.Equal(Enumerable.Range(1, 19), report.Steps.Select(s => s.Number));
        Assert.Empty(report.Findings);
        Assert.True(report.IsCourtPinned);
        Assert.Equal((11, 3, 11L), (report.Statements, report.Originals, report.TreeSize));
    }

    private static PackReport Verify(byte[] pack, CourtRoster? pinned = null) => PackVerifier.Verify(new MemoryStream(pack), pinned);
}
