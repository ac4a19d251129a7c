using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Verification;

/// <summary>What a valid pack's report tells. That every step refuses what it must is the vectors' to show.</summary>
public sealed class PackVerifierTests
{
    private readonly SampleCase _case = new();

    [Fact]
    public void The_whole_case_pinned_is_valid_in_every_step()
    {
        var report = Verify(_case.Pack(), CourtRoster.Of(_case.Court.Genesis));

        Assert.Equal((PackVerdict.Valid, ""), (report.Verdict, report.Detail));
        Assert.All(report.Steps.Take(19), s => Assert.Equal(PackStepOutcome.Passed, s.Outcome));
        Assert.All(report.Steps.Skip(19), s => Assert.Equal(PackStepOutcome.Skipped, s.Outcome));
        Assert.Equal(Enumerable.Range(1, 23), report.Steps.Select(s => s.Number));
        Assert.Equal([PackFindingCode.StandsAlone], report.Findings.Select(f => f.Code));
        Assert.True(report.IsCourtPinned);
        Assert.Equal((11, 3, 11L), (report.Statements, report.Originals, report.TreeSize));
    }

    [Fact]
    public void Without_a_roster_the_report_says_that_the_pack_speaks_for_itself()
    {
        var report = Verify(_case.Pack());

        Assert.True(report.IsValid);
        Assert.False(report.IsCourtPinned);
        Assert.Equal(PackStepOutcome.Skipped, report.Steps[6].Outcome);
        var finding = report.Findings[0];
        Assert.Equal(PackFindingCode.RosterSelfDeclared, finding.Code);
        Assert.Contains(_case.Court.Genesis.Fingerprint, finding.Text.En, StringComparison.Ordinal);
        Assert.Contains(_case.Court.Genesis.Fingerprint, finding.Text.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_behind_the_one_that_refused_is_not_reached()
    {
        var report = Verify(Vector.Read("packs", "original-altered").Bytes("packs"));

        Assert.Equal(PackStepOutcome.Refused, report.Steps[4].Outcome);
        Assert.All(report.Steps.Take(4), s => Assert.Equal(PackStepOutcome.Passed, s.Outcome));
        Assert.All(report.Steps.Skip(5), s => Assert.Equal(PackStepOutcome.NotReached, s.Outcome));
    }

    [Fact]
    public void Statements_left_out_of_a_chain_are_a_finding()
    {
        var some = _case.Court.Statements.Where(s => s.Hash != _case.Cut.Hash);
        Assert.Equal([PackFindingCode.ChainGap], Findings(SampleCourt.Write(_case.Court.Content(some, SampleCase.RulingFile, SampleCase.PictureFile, SampleCase.Clip))));
    }

    [Fact]
    public void Data_left_out_is_a_finding() => Assert.Equal(
        [PackFindingCode.DataNotIncluded], Findings(SampleCourt.Write(_case.Court.Content(null, SampleCase.RulingFile, SampleCase.Clip))));

    [Fact]
    public void Fragment_left_out_of_a_clip_is_a_finding() => Assert.Equal(
        [PackFindingCode.DataNotIncluded, PackFindingCode.ClipGap],
        Findings(SampleCourt.Write(_case.Court.Content(null, SampleCase.RulingFile, SampleCase.PictureFile, SampleCase.ClipOf(0, 2)))));

    [Fact]
    public void Clip_that_begins_late_has_no_gap() => Assert.Equal(
        [PackFindingCode.DataNotIncluded],
        Findings(SampleCourt.Write(_case.Court.Content(null, SampleCase.RulingFile, SampleCase.PictureFile, SampleCase.ClipOf(1, 2)))));

    [Fact]
    public void Unknown_kind_is_a_finding()
    {
        var court = new SampleCourt();
        court.FromStation("weather.report");
        Assert.Equal([PackFindingCode.KindUnknown], Findings(SampleCourt.Write(court.Content())));
    }

    [Fact]
    public void Clock_that_went_back_is_a_finding()
    {
        var court = new SampleCourt();
        court.EnrolDevice();
        court.FromDevice("device.started");
        court.FromDeviceDatedBack("strip.cut", DeviceClock.ReorderingMsMax + 1);
        Assert.Equal([PackFindingCode.ClockWentBack], Findings(SampleCourt.Write(court.Content())));
    }

    [Fact]
    public void Sensors_edge_dated_before_what_was_signed_meanwhile_is_no_finding()
    {
        var court = new SampleCourt();
        court.EnrolDevice();
        court.FromDevice("device.started");
        court.FromDeviceDatedBack("strip.cut", DeviceClock.ReorderingMsMax);
        Assert.Empty(Findings(SampleCourt.Write(court.Content())));
    }

    [Fact]
    public void Clock_turned_back_in_small_steps_is_a_finding_told_once()
    {
        var court = new SampleCourt();
        court.EnrolDevice();
        court.FromDevice("device.started");
        for (var step = 0; step < 3; step++)
        {
            court.FromDeviceDatedBack("touch.light", DeviceClock.ReorderingMsMax / 2);
        }

        court.FromDeviceDatedBack("touch.light", -1_000);
        Assert.Equal([PackFindingCode.ClockWentBack], Findings(SampleCourt.Write(court.Content())));
    }

    [Fact]
    public void Seal_with_a_new_key_goes_on_after_the_old_one_was_revoked()
    {
        var court = new SampleCourt();
        var successor = Rfc6979SigningKey.Named("device two");
        court.EnrolDevice();
        court.FromDevice("strip.cut");
        court.FromCourt("device.revoked", CborValue.Map(
            ("device", CborValue.Text(SampleCourt.DeviceId)), ("key", CborValue.Bytes(SampleCourt.DeviceKey.PublicKey.Thumbprint)), ("reason", CborValue.Text("renewed"))));
        court.EnrolDevice(successor);
        court.FromDevice("strip.restored", key: successor);
        Assert.Empty(Findings(SampleCourt.Write(court.Content())));
    }

    /// <summary>One bit in every single byte of a pack.</summary>
    [Fact]
    public void Flipped_bit_anywhere_in_a_pack_is_refused()
    {
        var pack = Vector.Read("packs", "valid-small").Bytes("packs");
        for (var place = 0; place < pack.Length; place++)
        {
            pack[place] ^= 4;
            Assert.False(Verify(pack).IsValid, $"byte {place}");
            pack[place] ^= 4;
        }
    }

    [Fact]
    public void Every_verdict_has_a_sentence_of_its_own_in_both_languages()
    {
        var sentences = Enum.GetValues<PackVerdict>().Select(PackSentences.Of).ToArray();
        Assert.Equal(sentences.Length, sentences.Select(s => s.Zh).Distinct().Count());
        Assert.Equal(sentences.Length, sentences.Select(s => s.En).Distinct().Count());
    }

    /// <summary>Beside the one that every pack of a court by itself has.</summary>
    private PackFindingCode[] Findings(byte[] pack)
    {
        var report = Verify(pack, CourtRoster.Of(_case.Court.Genesis));
        Assert.Equal((PackVerdict.Valid, ""), (report.Verdict, report.Detail));
        return [.. report.Findings.Select(f => f.Code).Where(c => c != PackFindingCode.StandsAlone)];
    }

    private static PackReport Verify(byte[] pack, CourtRoster? pinned = null) => PackVerifier.Verify(new MemoryStream(pack), pinned);
}
